import json
from dataclasses import replace

import pytest

from fmnist.datasets import DATASETS
from fmnist.evaluation.source_evaluation import evaluate_sources
from fmnist.evaluation.source_report import SourceReport
from tests.evaluation.photos import labelled, predicted

NAMES = DATASETS["fashion-mnist"].class_names
PAIRS = [
    (labelled("shop", 0, group="tshirts"), predicted(0)),
    (labelled("shop", 0, group="tshirts"), predicted(6)),
    (labelled("shop", 5, group="shoes"), predicted(5)),
    (labelled("shop", 7, group="shoes"), predicted(5)),
    (labelled("shop", 5, 7, 9, group="shoes"), predicted(9)),
    (labelled("shop", group="shoes"), predicted(8, 0.9)),
    (labelled("street", 1, 4, worn=True, group="photos"), predicted(4)),
]


def report(source: str, threshold: float | None = 0.5, called: str | None = None) -> SourceReport:
    photos, predictions = zip(*PAIRS, strict=True)
    evaluation = evaluate_sources(photos, predictions, 10, threshold)[source]
    return SourceReport(source if called is None else called, NAMES, evaluation)


def test_json_says_what_was_measured_in_how_many() -> None:
    found = json.loads(json.dumps(report("shop").as_dict(), allow_nan=False))
    assert found["n"] == 6
    assert found["balanced_accuracy"] == 0.5
    assert found["balanced_accuracy_n"] == 4
    low, high = found["balanced_accuracy_interval"]
    assert 0 < low < 0.5 < high < 1
    assert {name: (each["share"], each["n"]) for name, each in found["classes"].items()} == {
        "T-shirt/top": (0.5, 2),
        "Sandal": (1, 1),
        "Sneaker": (0, 1),
    }
    assert (found["shoes"]["share"], found["shoes"]["n"]) == (0.5, 2)
    assert (found["any_of_several"]["share"], found["any_of_several"]["n"]) == (1, 1)
    assert found["worn"] is None
    assert found["auroc"] == 1
    assert found["none"]["n"] == found["none"]["unfamiliar"]["share"] == 1
    assert (found["garments"]["n"], found["garments"]["unfamiliar"]["share"]) == (5, 0)
    matrix = found["confusion_matrix"]
    assert (matrix[0][6], matrix[7][5], sum(map(sum, matrix))) == (1, 1, 4)


def test_json_has_folders_as_they_lie() -> None:
    shoes, t_shirts = report("shop").as_dict()["folders"].values()
    assert shoes["classes"] == ["Sandal", "Sneaker", "Ankle boot"]
    assert (shoes["n"], shoes["accuracy"]) == (4, pytest.approx(2 / 3)), "but for the bag"
    assert {name: n for name, n in shoes["predicted"].items() if n} == {
        "Sandal": 2,
        "Bag": 1,
        "Ankle boot": 1,
    }
    assert (t_shirts["classes"], t_shirts["n"], t_shirts["accuracy"]) == (["T-shirt/top"], 2, 0.5)


def test_each_model_alone_has_its_figure() -> None:
    whole = report("shop")
    photos, _ = zip(*PAIRS, strict=True)
    alone = evaluate_sources(photos, [predicted(0)] * len(photos), 10, 0.5)["shop"]
    both = replace(whole, views={"image": alone, "photo": whole.evaluation})
    found = both.as_dict()["alone"]
    assert found["image"]["share"] == pytest.approx(1 / 3), "T-shirts, and no shoe"
    assert found["photo"]["share"] == 0.5
    assert found["image"]["n"] == 4
    metrics = both.metrics()
    assert metrics["photo_image_alone/shop"] == pytest.approx(1 / 3)
    assert metrics["photo_photo_alone/shop"] == 0.5
    assert metrics["photo_balanced_accuracy/shop"] == 0.5
    lines = [line.split()[:3] for line in both.lines()]
    assert ["image", "alone", "0.3333"] in lines


def test_a_card_gets_what_could_be_measured_by_source() -> None:
    shop = report("shop").metrics()
    low, high = report("shop").as_dict()["balanced_accuracy_interval"]
    assert shop == {
        "photo_balanced_accuracy/shop": 0.5,
        "photo_n/shop": 4,
        "photo_interval_low/shop": low,
        "photo_interval_high/shop": high,
        "photo_shoes/shop": 0.5,
        "photo_auroc/shop": 1,
        "photo_none_n/shop": 1,
        "photo_none_unfamiliar/shop": 1,
        "photo_unfamiliar/shop": 0,
    }
    street = report("street", threshold=None).metrics()
    assert list(street) == [
        "photo_worn/street",
        "photo_n/street",
        "photo_interval_low/street",
        "photo_interval_high/street",
    ]
    assert report("shop", called="").metrics()["photo_balanced_accuracy"] == 0.5


def test_people_get_a_row_for_what_is_counted_together() -> None:
    lines = list(report("shop").lines())
    assert lines[0] == "shop: 6 photos"
    assert any(line.startswith("balanced accuracy 0.5000  0.") for line in lines)
    told = {" ".join(line.split()) for line in lines}
    assert "T-shirt/top 2 0.5000 T-shirt/top 1, Shirt 1" in told
    assert "shoes whose kind is open 1 1.0000 Ankle boot 1" in told
    assert "none of the classes 1 – Bag 1" in told
    street = {" ".join(line.split()) for line in report("street").lines()}
    assert "one of the things worn 1 1.0000 Coat 1" in street
    assert next(iter(report("shop", called="").lines())) == "6 photos"


def test_not_only_the_kind_of_a_shoe_may_be_open() -> None:
    photos = [labelled("", 0, 6), labelled("", 5, 9)]
    its = evaluate_sources(photos, [predicted(6), predicted(0)], 10, None)[""]
    lines = [" ".join(line.split()) for line in SourceReport("", NAMES, its).lines()]
    assert "any of several classes 1 1.0000 Shirt 1" in lines
    assert "shoes whose kind is open 1 0.0000 T-shirt/top 1" in lines
