"""Photos: a pretrained network learns from whole photos, to predict beside one of 28×28 pixels."""

import shutil
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from fmnist.architectures import ARCHITECTURES
from fmnist.datasets import DATASETS
from fmnist.evaluation.source_evaluation import evaluate_sources
from fmnist.evaluation.source_report import SourceReport
from fmnist.inference.calibration import fit_temperature
from fmnist.inference.ensemble import Prediction
from fmnist.inference.ood import LEAST_THRESHOLD, fit_threshold, split_outputs
from fmnist.labelled_photos import labelled_photos
from fmnist.training.pretrained.efficientnet_lite0 import SOURCE, fetch_weights, load_weights
from fmnist.training.tasks.task import Examples, Measured, Task, Tell, TrainingData

if TYPE_CHECKING:
    import keras

    from fmnist.training.configuration import Configuration
    from fmnist.training.run import Run

# In a run's folder, while it trains: the photos, decoded.
FRAMES = "frames"
# Labels were given by whoever took or sold the photos; about one in twenty may as well be another.
SMOOTHING = 0.05
# The scores of the classes begin at random: small steps at first, until they fit what the rest of
# the network has learnt before, or they would spoil it.
WARM_UP_STEPS = 300
_NO_PHOTOS: Examples = np.empty((0, 1, 1, 3), np.uint8), np.empty((0, 1), np.float32)


class Photos(Task):
    """Training on photos; there are no test images of them."""

    summary = "Photos in colour, instead of the data set"
    needs = ("photos",)
    # The folder says which photos are held out, and the rest is as a pretrained network needs it.
    refuses = ("augmentation", "limit", "optimizer", "schedule", "validation_share")
    of_photos = of_fashion = True
    repeatable = False

    def prepare(self, run: "Run", tell: Tell) -> TrainingData:
        """Fetch the pretrained weights and decode the photos.

        Raises:
            DownloadError: if the weights cannot be fetched.
            InputError: if there are no photos of clothes in the folder, or one cannot be decoded.
        """
        from fmnist.training.photos.batches import HeldOutPhotos, PhotoBatches
        from fmnist.training.photos.frames import Frames
        from fmnist.training.photos.sampling import in_order

        configuration = run.configuration
        class_names = DATASETS[configuration.dataset].class_names
        photos = in_order(labelled_photos(Path(configuration.photos), class_names))
        n = sum(not photo.held_out for photo in photos)
        if not n:
            raise ValueError(
                f"All photos in {configuration.photos} are held out, and none is left to train on: "
                "put more photos there, or some into a folder called train."
            )
        weights = fetch_weights(tell)
        frames = Frames.build(photos, run.folder / FRAMES, tell)
        num_classes = len(class_names)
        held_out = HeldOutPhotos(photos, frames, num_classes) if n < len(photos) else _NO_PHOTOS
        return TrainingData(
            batches=partial(PhotoBatches, configuration, photos, frames, num_classes),
            validation=held_out,
            n=n,
            num_outputs=num_classes + 1,
            sets=True,
            smoothing=SMOOTHING,
            start=partial(_pretrained, weights, num_classes + 1),
            optimizer=_optimizer,
        )

    def measure(self, run: "Run", model: "keras.Model", data: TrainingData) -> Measured:
        """Fit temperature and threshold on held-out photos of people's own, and evaluate all.

        The metrics are those of ``SourceReport``, of the network alone and without a look from both
        sides.
        """
        from fmnist.training.photos.batches import HeldOutPhotos
        from fmnist.training.photos.sampling import PEOPLE, kind_of_source

        held_out, num_classes = data.validation, data.num_outputs - 1
        if not isinstance(held_out, HeldOutPhotos):
            split = {"train": data.n, "validation": 0}
            return Measured(split, ood_threshold=LEAST_THRESHOLD, sources=(SOURCE,))
        outputs, targets = model.predict(held_out, verbose=0), held_out.targets
        own = np.array([kind_of_source(photo) == PEOPLE for photo in held_out.photos])
        own |= not own.any()  # where there are none, all will have to do
        probabilities, scores = split_outputs(outputs, num_classes)
        garments = own & (targets[:, -1] == 0)
        threshold, temperature = LEAST_THRESHOLD, 1.0
        if garments.any():
            threshold = fit_threshold(scores[garments])
            temperature = fit_temperature(probabilities[garments], targets[garments, :-1])
        predictions = list(map(Prediction, probabilities, scores.tolist()))
        evaluated = evaluate_sources(held_out.photos, predictions, num_classes, threshold)
        names = DATASETS[run.configuration.dataset].class_names
        metrics: dict[str, float] = {}
        for source, evaluation in evaluated.items():
            metrics |= SourceReport(source, names, evaluation).metrics()
        return Measured(
            split={"train": data.n, "validation": len(held_out.photos)},
            temperature=temperature,
            ood_threshold=threshold,
            metrics=metrics,
            sources=(SOURCE,),
        )

    def finished(self, model: "keras.Model") -> "keras.Model":
        """Return a trained model at the size at which it predicts, with its class activation."""
        from fmnist.architectures.efficientnet_lite import with_activation

        return with_activation(model, ARCHITECTURES["photo"].shape)

    def clean_up(self, run: "Run") -> None:
        """Remove the photos: those of other people are not kept."""
        shutil.rmtree(run.folder / FRAMES, ignore_errors=True)


def _pretrained(package: Path, num_outputs: int) -> "keras.Model":
    """Build the network for photos of any size, with what was learnt on ImageNet."""
    from fmnist.architectures.efficientnet_lite import photo

    model = photo((None, None, 3), num_outputs)
    load_weights(model, package)
    return model


def _optimizer(
    configuration: "Configuration", steps_per_epoch: int
) -> "keras.optimizers.Optimizer":
    """Make AdamW, whose rate rises for ``WARM_UP_STEPS`` and falls along a cosine to a hundredth.

    Biases do not decay: of what normalisation was, nothing says that less is better.
    """
    import keras

    from fmnist.training.trainer import average

    highest, steps = configuration.learning_rate, configuration.epochs * steps_per_epoch
    rising = min(WARM_UP_STEPS, max(1, steps // 4))
    rate = keras.optimizers.schedules.CosineDecay(
        highest / 100, steps - rising, alpha=0.01, warmup_target=highest, warmup_steps=rising
    )
    made = keras.optimizers.AdamW(
        rate, weight_decay=configuration.weight_decay, **average(configuration)
    )
    made.exclude_from_weight_decay(var_names=["bias"])
    return made
