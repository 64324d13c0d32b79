"""The trainer: from a configuration and what its task yields to a trained network."""

from collections.abc import Sequence
from contextlib import suppress

import keras
import numpy as np

from fmnist.architectures import build
from fmnist.training.configuration import Configuration
from fmnist.training.losses import load_loss
from fmnist.training.losses.crossentropy import set_accuracy, set_crossentropy
from fmnist.training.tasks.task import TrainingData

# A compiled model, and the number of epochs that it has seen.
Checkpoint = tuple[keras.Model, int]


class Stop(Exception):  # noqa: N818 - a wish, not an error
    """Raised by a callback to end training at once, with the weights as they are."""


def train(
    configuration: Configuration,
    data: TrainingData,
    callbacks: Sequence[keras.callbacks.Callback] = (),
    checkpoint: Checkpoint | None = None,
) -> keras.Model:
    """Train a network.

    The same configuration gives the same weights on the same machine. A callback ends training
    early by raising ``Stop``.

    Args:
        configuration: what to train and how.
        data: what its task yields.
        callbacks: Keras callbacks; their logs have ``loss`` and ``accuracy``, and the same of the
            held-out images with ``val_`` before the name.
        checkpoint: where to go on from.

    Returns:
        The model as it was after its last batch, compiled.
    """
    keras.utils.set_random_seed(configuration.seed)
    model, epochs_seen = checkpoint or (data.start, 0)
    if model is None:
        model = build(configuration.architecture, data.num_outputs)
    batches = data.batches(epochs_seen)
    accuracy = keras.metrics.MeanMetricWrapper(set_accuracy, name="accuracy")
    model.compile(
        # A checkpoint's optimiser knows its steps and its momentum.
        model.optimizer if checkpoint else optimizer(configuration, len(batches)),
        loss=set_crossentropy if data.sets else load_loss(configuration.loss),
        metrics=[accuracy if data.sets else "accuracy"],
    )
    images, targets = data.validation
    with suppress(Stop):
        model.fit(
            batches,
            epochs=configuration.epochs,
            initial_epoch=epochs_seen,
            validation_data=(images.astype(np.float32), targets) if len(images) else None,
            validation_batch_size=256,
            callbacks=list(callbacks),
            shuffle=False,  # the batches do that, by the seed
            verbose=0,
        )
    return model


def optimizer(configuration: Configuration, steps_per_epoch: int) -> keras.optimizers.Optimizer:
    """Make the optimiser that a configuration asks for, with its learning rate's schedule."""
    rate = _learning_rate(configuration, configuration.epochs * steps_per_epoch)
    decay = configuration.weight_decay
    if configuration.optimizer == "sgd":
        return keras.optimizers.SGD(rate, momentum=0.9, nesterov=True, weight_decay=decay)
    return keras.optimizers.AdamW(rate, weight_decay=decay)


def _learning_rate(
    configuration: Configuration, steps: int
) -> float | keras.optimizers.schedules.LearningRateSchedule:
    highest = configuration.learning_rate
    if configuration.schedule == "constant":
        return highest
    if configuration.schedule == "cosine":
        return keras.optimizers.schedules.CosineDecay(highest, decay_steps=steps)
    rising = max(1, steps // 8)
    return keras.optimizers.schedules.CosineDecay(
        highest / 20, steps - rising, warmup_target=highest, warmup_steps=rising
    )


def without_optimizer(model: keras.Model) -> keras.Model:
    """Copy a model without what only training needs, which is two thirds of its file."""
    copy = type(model).from_config(model.get_config())
    copy.set_weights(model.get_weights())
    return copy
