"""Class activation: what each place of the last feature map adds to a class's score.

At each place the features are weighed by their gradient there. Where a network ends in global
average pooling and a dense layer, that is class activation as Zhou et al. have it ("Learning Deep
Features for Discriminative Localization", CVPR 2016). Where it ends in max pooling and dense layers
with ReLU it is exact as well, as all of them together are linear around an image; Grad-CAM
(Selvaraju et al., ICCV 2017), which weighs each feature map as a whole, can point to places that
the network does not use (Draelos and Carin, "Use HiResCAM instead of Grad-CAM", 2020).
"""

import numpy as np
from numpy.typing import NDArray

from fmnist.explanation.layers import CURVED, Floats
from fmnist.explanation.method import Explained, Method, gradient, last_map
from fmnist.explanation.network import Network


class ClassActivation(Method):
    """What the last feature map says at each place."""

    title = "Class activation"
    summary = "How much each place of the last feature map adds to the score."
    limit = "A place of that map has seen the places around it, too: it is coarse."

    def applies(self, network: Network) -> bool:
        """Tell whether the network has feature maps, and no curve after them: that is not exact."""
        last = last_map(network)
        return last is not None and not any(
            layer.kind in CURVED for layer in network.layers[last + 1 :]
        )

    def maps(self, model: Explained, image: NDArray[np.uint8]) -> Floats:
        """Weigh the last feature map, see ``Method.maps``; in logits.

        Their sum over all places is a class's logit, without the biases' part.
        """
        network, last = model.network, last_map(model.network)
        if last is None:
            raise ValueError("Expected a network with feature maps.")
        outputs, head = network.run(image), network.layers[network.head]
        if head.kind == "convolution":  # whose mean are the logits
            return outputs[network.head] / np.prod(head.shape[:2], dtype=np.float32)
        slope = gradient(network, outputs, last)
        return np.einsum("hwc,nhwc->hwn", outputs[last], slope).astype(np.float32)
