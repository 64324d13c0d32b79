"""What is added to a trained photo network, and leaves it as it is."""

import keras
import numpy as np

from fmnist.architectures.efficientnet_lite import photo, repeated_sixteenth, stage_ends


def test_repeated_stages_begin_with_the_network_s_weights_and_are_others() -> None:
    network = photo((64, 64, 3), 11)
    own, again = stage_ends(network)[2], repeated_sixteenth(network, "again_")
    both = keras.Model(network.input, [own, again])
    pixels = np.random.default_rng(0).uniform(0, 255, (1, 64, 64, 3)).astype(np.float32)
    before, same = both.predict(pixels, verbose=0)
    np.testing.assert_array_equal(before, same)
    for layer in both.layers:
        if layer.name.startswith("again_") and layer.weights:
            layer.set_weights([weights + 0.1 for weights in layer.get_weights()])
    after, different = both.predict(pixels, verbose=0)
    np.testing.assert_array_equal(after, before)
    assert not np.allclose(different, before)
