"""Fashion-MNIST: 70,000 photos of Zalando's articles (Xiao, Rasul and Vollgraf, 2017).

Published at https://github.com/zalandoresearch/fashion-mnist under the MIT licence.
"""

from fmnist.datasets.dataset import Dataset
from fmnist.datasets.download import KERAS_URL, idx_downloads

DATASET = Dataset(
    name="fashion-mnist",
    title="Fashion-MNIST",
    class_names=(
        "T-shirt/top",
        "Trouser",
        "Pullover",
        "Dress",
        "Coat",
        "Sandal",
        "Shirt",
        "Sneaker",
        "Bag",
        "Ankle boot",
    ),
    pipeline="clothes",
    # With the publisher's own gzip header in front, this content has the MD5 sums that Zalando
    # gives in its README.
    downloads=idx_downloads(
        KERAS_URL,
        "fashion-mnist",
        {
            ("train", "images"): "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
            ("train", "labels"): "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
            ("test", "images"): "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
            ("test", "labels"): "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
        },
    ),
    row_sums={
        "train": "56016b2341e99c383df5cc0ed736f4afb12a6c90855d9f3d69981b294a0159ad",
        "test": "b73438e78d64c9f337edad19c3eea888b49d646dbe27b46e4e3177218f3581e7",
    },
    debian_package="dataset-fashion-mnist",
    flips=True,
)
