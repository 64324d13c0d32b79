"""The trainer: from a configuration and what its task yields to a trained network."""

from collections.abc import Sequence
from typing import Any

import keras
import numpy as np

from fmnist.training.configuration import OPTIMIZERS, Configuration
from fmnist.training.losses import load_loss
from fmnist.training.losses.crossentropy import SetCrossentropy, set_accuracy
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
        The model as it was after its last batch, or with the average of its weights, compiled.
    """
    keras.utils.set_random_seed(configuration.seed)
    model = data.start() if data.start else configuration.build(data.num_outputs)
    epochs_seen = checkpoint[1] if checkpoint else 0
    batches = data.batches(epochs_seen)
    accuracy = keras.metrics.MeanMetricWrapper(set_accuracy, name="accuracy")
    model.compile(
        (data.optimizer or optimizer)(configuration, len(batches)),
        loss=SetCrossentropy(data.smoothing) if data.sets else load_loss(configuration.loss),
        metrics=[accuracy if data.sets else "accuracy"],
    )
    if checkpoint:
        _restore(model, checkpoint[0], epochs_seen * len(batches))
    # What is validated is what will predict: the average of the weights, if there is one.
    swaps = [keras.callbacks.SwapEMAWeights()] if configuration.ema else []
    try:
        model.fit(
            batches,
            epochs=configuration.epochs,
            initial_epoch=epochs_seen,
            validation_data=_validation(data),
            validation_batch_size=256,
            callbacks=[*callbacks, *swaps],
            shuffle=False,  # the batches do that, by the seed
            verbose=0,
        )
    except Stop:
        for swap in swaps:
            swap.on_test_end()  # one in the middle of validation finds them swapped
        model.optimizer.finalize_variable_values(model.trainable_variables)
    return model


def _validation(data: TrainingData) -> Any:
    """Return the held-out images as Keras takes them; None if there are none."""
    if not isinstance(data.validation, tuple):
        return data.validation
    images, targets = data.validation
    return (images.astype(np.float32), targets) if len(images) else None


def _restore(model: keras.Model, earlier: keras.Model, steps: int) -> None:
    """Put a checkpoint's numbers into a model that was built and compiled as it was.

    The checkpoint itself cannot go on: its file says neither which weights do not decay nor where
    dropout's random numbers are, which move on by one a step.
    """
    model.set_weights(earlier.get_weights())
    model.optimizer.build(model.trainable_variables)
    for own, kept in zip(model.optimizer.variables, earlier.optimizer.variables, strict=True):
        own.assign(kept)
    for variable in model.variables:
        if variable.name == "seed_generator_state":
            seed, _ = keras.ops.convert_to_numpy(variable)
            variable.assign(np.array([seed, steps]))


def optimizer(configuration: Configuration, steps_per_epoch: int) -> keras.optimizers.Optimizer:
    """Make the optimiser that a configuration asks for, with its learning rate's schedule."""
    rate = _learning_rate(configuration, configuration.epochs * steps_per_epoch)
    common = {"weight_decay": configuration.weight_decay, **average(configuration)}
    if configuration.optimizer == "sgd":
        return keras.optimizers.SGD(rate, momentum=0.9, nesterov=True, **common)
    kind: type[keras.optimizers.Optimizer] = getattr(
        keras.optimizers, OPTIMIZERS[configuration.optimizer]
    )
    return kind(rate, **common)


def average(configuration: Configuration) -> dict[str, Any]:
    """Return what tells one of Keras's optimisers to average the weights over its steps.

    Source: Polyak and Juditsky, "Acceleration of Stochastic Approximation by Averaging", SIAM
    Journal on Control and Optimization 1992; here exponentially.
    """
    return {"use_ema": configuration.ema > 0, "ema_momentum": configuration.ema}


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
