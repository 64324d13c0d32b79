"""Cross-entropy, where one class is right, and where any of several is."""

import keras
from keras import ops

loss = keras.losses.categorical_crossentropy


@keras.saving.register_keras_serializable(package="fmnist")
def set_crossentropy(y_true: keras.KerasTensor, y_pred: keras.KerasTensor) -> keras.KerasTensor:
    """Return −log of the probability of all right classes together, in nats: ``(n,)``.

    With one right class it is the categorical cross-entropy.

    Args:
        y_true: ``(n, num_classes)``, 1 for each class that is right, otherwise 0.
        y_pred: ``(n, num_classes)``, probabilities.
    """
    right = ops.sum(y_true * y_pred, axis=-1)
    return -ops.log(ops.clip(right, 1e-7, 1.0))


@keras.saving.register_keras_serializable(package="fmnist")
def set_accuracy(y_true: keras.KerasTensor, y_pred: keras.KerasTensor) -> keras.KerasTensor:
    """Return whether the most probable class is a right one, 0 or 1: ``(n,)``."""
    best = ops.one_hot(ops.argmax(y_pred, axis=-1), y_pred.shape[-1])
    return ops.sum(best * ops.cast(y_true, best.dtype), axis=-1)
