"""Training a network: from a configuration and a data set to a trained model."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

import keras
import numpy as np
from numpy.typing import NDArray

from fmnist import architectures
from fmnist.datasets.dataset import Split
from fmnist.training.batches import Batches
from fmnist.training.configuration import Configuration
from fmnist.training.lessons import Lessons
from fmnist.training.losses.crossentropy import set_accuracy, set_crossentropy
from fmnist.training.mixture import Mixture
from fmnist.training.split import hold_out
from fmnist.training.synthetic.material import Material


class Stop(Exception):  # noqa: N818 - a wish, not an error
    """Raised by a callback to end training at once, with the weights as they are."""


def fit(
    configuration: Configuration,
    data: Split,
    num_classes: int,
    callbacks: Sequence[keras.callbacks.Callback] = (),
    checkpoint: tuple[keras.Model, int] | None = None,
    extras: Mapping[str, Material] | None = None,
    start: keras.Model | None = None,
    taught: NDArray[np.floating] | None = None,
) -> keras.Model:
    """Train a network.

    The same configuration gives the same weights on the same machine. A callback ends training
    early by raising ``Stop``.

    Args:
        configuration: what to train and how.
        data: the training images; the held-out ones are drawn from them.
        num_classes: how many classes there are.
        callbacks: Keras callbacks; their logs have ``loss`` and ``accuracy``, and the same of the
            held-out images with ``val_`` before the name.
        checkpoint: a compiled model and the number of epochs it has seen, to go on from there.
        extras: what is mixed in, see ``everyday.material.gather``; a new model then has one
            probability more, the last one, of none of the classes.
        start: a model to go on from, with as many probabilities as it has.
        taught: what to answer instead of the labels, see ``teacher.taught``.

    Returns:
        The model as it was after its last batch, compiled.

    Raises:
        ValueError: if no image is left to train on.
    """
    keras.utils.set_random_seed(configuration.seed)
    training, validation = hold_out(
        data.labels, configuration.validation_share, configuration.limit
    )
    if not len(training):
        raise ValueError(
            f"Of {len(data)} images, none is left to train on: "
            "lower the validation share or raise the limit."
        )
    model, epochs_seen = checkpoint or (start, 0)
    outputs = num_classes + bool(extras) if model is None else model.output_shape[-1]
    soft = bool(configuration.cutmix or extras or taught is not None)
    answers: NDArray[np.generic] = data.labels
    if soft:
        answers = np.eye(outputs, dtype=np.float32)[data.labels]
    images, labels = data.images[training], answers[training]
    batches: keras.utils.PyDataset
    if extras:
        extras = {name: replace(m, targets=m.targets[:, :outputs]) for name, m in extras.items()}
        batches = Mixture(
            images,
            labels,
            extras,
            batch_size=configuration.batch_size,
            seed=configuration.seed,
            epoch=epochs_seen,
        )
    elif taught is not None:
        rounds = [Batches.of(configuration, images, labels, epoch) for epoch in range(len(taught))]
        batches = Lessons(rounds, taught, epochs_seen)
    else:
        batches = Batches.of(configuration, images, labels, epochs_seen)
    if model is None:
        model = architectures.build(configuration.architecture, (28, 28), outputs)
    if checkpoint is None:
        compile_for(
            model,
            configuration,
            len(batches),
            sets=bool(extras),
            soft=soft,
        )
    held_out = data.images[validation], answers[validation]
    fit_batches(model, batches, configuration.epochs, held_out, callbacks, epochs_seen)
    return model


def fit_batches(
    model: keras.Model,
    batches: keras.utils.PyDataset,
    epochs: int,
    held_out: tuple[NDArray[np.uint8], NDArray[np.generic]],
    callbacks: Sequence[keras.callbacks.Callback] = (),
    epochs_seen: int = 0,
) -> None:
    """Train a compiled network on batches, until the last epoch or until a callback stops it.

    Args:
        model: the network.
        batches: what it sees, an epoch at a time, in the order in which it comes.
        epochs: how many in all.
        held_out: images and answers that it is measured on after each epoch; there may be none.
        callbacks: Keras callbacks.
        epochs_seen: how many epochs it has had already.
    """
    images, answers = held_out
    with suppress(Stop):
        model.fit(
            batches,
            epochs=epochs,
            initial_epoch=epochs_seen,
            validation_data=(images.astype(np.float32), answers) if len(images) else None,
            validation_batch_size=256,
            callbacks=list(callbacks),
            shuffle=False,  # the batches do that, by the seed
            verbose=0,
        )


def compile_for(
    model: keras.Model,
    configuration: Configuration,
    steps_per_epoch: int,
    *,
    sets: bool = False,
    soft: bool = False,
) -> None:
    """Give a network its optimiser, loss and metric.

    Args:
        model: the network.
        configuration: what to train and how.
        steps_per_epoch: how many batches an epoch has.
        sets: whether more than one class may be right.
        soft: whether targets are probabilities; otherwise, without ``sets``, they are labels.
    """
    of_one = "categorical_crossentropy" if soft else "sparse_categorical_crossentropy"
    accuracy = keras.metrics.MeanMetricWrapper(set_accuracy, name="accuracy")
    model.compile(
        optimizer=_optimizer(configuration, configuration.epochs * steps_per_epoch),
        loss=set_crossentropy if sets else of_one,
        metrics=[accuracy if sets else "accuracy"],
    )


def _optimizer(configuration: Configuration, steps: int) -> keras.optimizers.Optimizer:
    learning_rate = _learning_rate(configuration, steps)
    weight_decay = configuration.weight_decay
    if configuration.optimizer == "sgd":
        return keras.optimizers.SGD(
            learning_rate, momentum=0.9, nesterov=True, weight_decay=weight_decay
        )
    return keras.optimizers.AdamW(learning_rate, weight_decay=weight_decay)


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
