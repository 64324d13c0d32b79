"""Inside: a network, layer by layer, with the image at hand."""

from fmnist.ui.header import beside_title
from fmnist.ui.inside.image import chosen_image
from fmnist.ui.inside.view import layers
from fmnist.ui.model_picker import chosen_model

model = chosen_model()
with beside_title():
    image = chosen_image(model)
layers(model, image)
