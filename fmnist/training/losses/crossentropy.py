"""Cross-entropy, where one class is right, and where any of several is."""

import keras
from keras import ops

loss = keras.losses.categorical_crossentropy


@keras.saving.register_keras_serializable(package="fmnist")
class SetCrossentropy(keras.losses.Loss):
    """−log of the probability of all right classes together, in nats.

    With one right class it is the categorical cross-entropy, and so it is with what a teacher has
    predicted. Of a shoe that may be called a sandal or a sneaker either will do, and so will half
    of each (Jin and Ghahramani, "Learning with Multiple Labels", NIPS 2002).

    Args:
        smoothing: the share of the loss, 0–1, that is the mean of every class's −log alike, so that
            no prediction gets surer than labels are (Szegedy et al., "Rethinking the Inception
            Architecture for Computer Vision", CVPR 2016, section 7).
    """

    def __init__(self, smoothing: float = 0.0, name: str = "set_crossentropy") -> None:
        super().__init__(name=name)
        self.smoothing = smoothing

    def call(self, y_true: keras.KerasTensor, y_pred: keras.KerasTensor) -> keras.KerasTensor:
        """Return the loss of each image: ``(n,)``.

        Args:
            y_true: ``(n, num_classes)``, 1 for each class that is right, otherwise 0; or
                probabilities.
            y_pred: ``(n, num_classes)``, probabilities.
        """
        probabilities = ops.clip(y_pred, 1e-7, 1.0)
        of_the_right = ops.where(
            ops.equal(ops.max(y_true, axis=-1), 1),
            -ops.log(ops.sum(y_true * probabilities, axis=-1)),
            -ops.sum(y_true * ops.log(probabilities), axis=-1),
        )
        of_all = -ops.mean(ops.log(probabilities), axis=-1)
        return (1 - self.smoothing) * of_the_right + self.smoothing * of_all

    def get_config(self) -> dict:
        """Return what makes it again."""
        return {"smoothing": self.smoothing, "name": self.name}


@keras.saving.register_keras_serializable(package="fmnist")
def set_accuracy(y_true: keras.KerasTensor, y_pred: keras.KerasTensor) -> keras.KerasTensor:
    """Return whether the most probable class is a right one, 0 or 1: ``(n,)``.

    Of probabilities the highest one is right.
    """
    best = ops.one_hot(ops.argmax(y_pred, axis=-1), y_pred.shape[-1])
    right = ops.equal(y_true, ops.max(y_true, axis=-1, keepdims=True))
    return ops.sum(best * ops.cast(right, best.dtype), axis=-1)
