"""How good each model is and what it costs, measured anew, beside what others have published."""

import io
import json
from dataclasses import dataclass
from typing import ClassVar

import altair as alt

from benchmarks.figure import NotMeasuredError
from benchmarks.row import Row
from fmnist.datasets import DATASETS, Dataset, DataUnavailableError
from fmnist.evaluation.cost import measure_cost
from fmnist.evaluation.significance import wilson_interval
from fmnist.evaluation.split_report import measure_test
from fmnist.inference.classifier import Classifier
from fmnist.models import Card, ModelStore, default_store
from fmnist.models.published import Published, published
from fmnist.ui.charts import INK, ROWS
from fmnist.ui.models.chart import model_rows, model_spec
from fmnist.ui.wording import duration

_CHARTED = "fashion-mnist"


@dataclass(frozen=True)
class ModelRow(Row):
    """A model, or a figure that others have published; what is not known is None.

    Attributes:
        dataset: in words.
        model: its name.
        source: the command that makes it, or where it was published, in Markdown.
        accuracy: on the test images, 0–1.
        lowest: of a published range of accuracies, the lowest.
        interval: the 95 % interval of the accuracy.
        both_sides: the accuracy if each is looked at from both sides, as the app looks at photos
            and drawings, 0–1; None where a mirror image may show something else.
        parameters: the number of weights.
        multiply_adds: of one answer.
        bytes: of the compiled twin.
        milliseconds: of one answer, by the compiled twin.
        ece: the expected calibration error, 0–1.
        ece_untempered: the same without the model's temperature.
        validation_accuracy: on the held-out images after the last epoch, 0–1.
        training_seconds: how long it was trained.
        machine: on what.
    """

    NOTE: ClassVar[str] = (
        "In bold the models of this project, each asked anew about all test images by its "
        "compiled twin, with the 95 % interval (Wilson); the others as published. From both "
        "sides is the accuracy of the mean of what it says of an image and of its mirror image, "
        "which is how the app looks at photos and drawings. Calibration is the expected "
        "calibration error in 15 bins, before and after the model's temperature; held out are the "
        "5,000 training images that it was chosen by, after the last epoch. Where a model goes on "
        "from another, the time is that of going on."
    )
    COLUMNS: ClassVar[tuple[str, ...]] = (
        "data set",
        "model",
        "parameters",
        "test accuracy",
        "from both sides",
        "calibration",
        "held out",
        "multiply-adds",
        ".tflite",
        "an answer",
        "trained in",
        "by",
    )

    dataset: str
    model: str
    source: str
    accuracy: float
    lowest: float | None = None
    interval: tuple[float, float] | None = None
    both_sides: float | None = None
    parameters: int | None = None
    multiply_adds: int | None = None
    bytes: int | None = None
    milliseconds: float | None = None
    ece: float | None = None
    ece_untempered: float | None = None
    validation_accuracy: float | None = None
    training_seconds: float | None = None
    machine: str = ""

    @classmethod
    def picture(cls) -> str:
        """Return the Models page's chart: accuracy against parameters, on Fashion-MNIST."""
        cards = {
            entry.name: entry.card
            for entry in default_store().entries()
            if entry.card and entry.selectable and entry.card.dataset == _CHARTED
        }
        rows = model_rows(cards, published(_CHARTED)).to_json(orient="records")
        specification = model_spec(INK) | {"datasets": {ROWS: json.loads(rows)}, "width": 760}
        chart = (
            alt.Chart.from_dict(specification)
            .configure(background="white", font="sans-serif")
            .configure_view(stroke=None)
            .configure_axis(domain=False, ticks=False, titleFontWeight="normal", labelColor=INK)
        )
        svg = io.StringIO()
        chart.save(svg, format="svg")
        return svg.getvalue()

    def cells(self) -> list[str]:
        """Return what stands in each column; nothing where nothing is known."""
        accuracy = f"{self.accuracy:.4f}"
        if self.interval:
            accuracy += " ({:.4f}–{:.4f})".format(*self.interval)
        elif self.lowest:
            accuracy = f"{self.lowest:.4f}–{accuracy}"
        return [
            self.dataset,
            f"**{self.model}**" if self.interval else self.model,
            _unless_none("{:,}", self.parameters),
            accuracy,
            _unless_none("{:.4f}", self.both_sides),
            _unless_none("{:.4f} → ", self.ece_untempered) + _unless_none("{:.4f}", self.ece),
            _unless_none("{:.4f}", self.validation_accuracy),
            _unless_none("{:,}", self.multiply_adds),
            _unless_none("{:.2f} MB", self.bytes and self.bytes / 1e6),
            _unless_none("{:.3f} ms", self.milliseconds),
            duration(self.training_seconds) if self.training_seconds is not None else "",
            self.source,
        ]


def measure() -> list[ModelRow]:
    """Ask every model that can be used, and list what is published for the same test images.

    Raises:
        NotMeasuredError: if test images are missing.
    """
    store = default_store()
    rows: list[ModelRow] = []
    for name, dataset in DATASETS.items():
        rows += [_of_published(dataset.title, figure) for figure in published(name)]
    for entry in store.entries():
        if entry.card and entry.selectable:
            rows.append(_of_model(store, entry.name, entry.card))
    return sorted(rows, key=lambda row: (row.dataset, row.accuracy))


def _of_published(dataset: str, figure: Published) -> ModelRow:
    return ModelRow(
        dataset=dataset,
        model=figure.name,
        source=". ".join(filter(None, [f"[{figure.source}]({figure.url})", figure.note])),
        accuracy=figure.accuracy,
        lowest=figure.lowest,
        parameters=figure.parameters,
    )


def _of_model(store: ModelStore, name: str, card: Card) -> ModelRow:
    data = DATASETS[card.dataset]
    classifier = Classifier(store.twin(name), len(data.class_names))
    try:
        test = measure_test(classifier, card, data)
    except DataUnavailableError as error:
        raise NotMeasuredError(str(error)) from None
    found, cost = test.evaluation, measure_cost(store, name)
    return ModelRow(
        dataset=data.title,
        model=name,
        source=f"`{card.command}`" if card.command else "",
        accuracy=found.accuracy,
        interval=wilson_interval(found.accuracy, found.n),
        both_sides=_from_both_sides(classifier, data) if data.flips else None,
        parameters=card.parameters,
        multiply_adds=cost.multiply_adds,
        bytes=cost.bytes,
        milliseconds=cost.milliseconds,
        ece=found.expected_calibration_error,
        ece_untempered=test.untempered,
        validation_accuracy=card.metrics.get("validation_accuracy"),
        training_seconds=card.metrics.get("training_seconds"),
        machine=card.machine,
    )


def _from_both_sides(classifier: Classifier, data: Dataset) -> float:
    test = data.load("test")
    probabilities, _ = classifier.predict(test.images, flips=True)
    return float((probabilities.argmax(axis=1) == test.labels).mean())


def _unless_none(form: str, figure: float | None) -> str:
    return "" if figure is None else form.format(figure)
