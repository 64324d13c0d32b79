"""Cross-entropy with smoothed labels: a tenth of each is shared out among all classes.

Source: Szegedy et al., "Rethinking the Inception Architecture for Computer Vision", CVPR 2016,
section 7.
"""

import keras

loss = keras.losses.CategoricalCrossentropy(label_smoothing=0.1)
