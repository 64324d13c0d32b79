"""A loss for answers of which more than one is right."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="fmnist")
def set_crossentropy(y_true: keras.KerasTensor, y_pred: keras.KerasTensor) -> keras.KerasTensor:
    """Return how surprised a network is by the right answer, in nats: ``(n,)``.

    That is −log of the probability of all right classes together, where several are right, and
    the categorical cross-entropy otherwise.

    Args:
        y_true: ``(n, num_classes)``, 1 for each class that is right, otherwise 0; or
            probabilities, which sum to 1.
        y_pred: ``(n, num_classes)``, probabilities.
    """
    y_pred = ops.clip(y_pred, 1e-7, 1.0)
    several = -ops.log(ops.sum(y_true * y_pred, axis=-1))
    one = -ops.sum(y_true * ops.log(y_pred), axis=-1)
    return ops.where(ops.sum(y_true, axis=-1) > 1.5, several, one)


@keras.saving.register_keras_serializable(package="fmnist")
def set_accuracy(y_true: keras.KerasTensor, y_pred: keras.KerasTensor) -> keras.KerasTensor:
    """Return how right the most probable class is, 0–1: ``(n,)``."""
    best = ops.one_hot(ops.argmax(y_pred, axis=-1), y_pred.shape[-1])
    return ops.sum(best * ops.cast(y_true, best.dtype), axis=-1)
