import math

import numpy as np
import pytest

from fmnist.evaluation.metrics import auroc
from fmnist.evaluation.significance import Share
from fmnist.evaluation.source_evaluation import SourceEvaluation, evaluate_sources
from fmnist.inference.ensemble import Prediction
from fmnist.labelled_photos import LabelledPhoto
from tests.evaluation.photos import labelled, predicted


def score(*pairs: tuple[LabelledPhoto, Prediction], threshold: float | None = 0.5) -> dict:
    photos, predictions = zip(*pairs, strict=True)
    return evaluate_sources(photos, predictions, 10, threshold)


# Two T-shirts of which one is right, a coat that is; an ankle boot or a sneaker, called a sneaker;
# any shoe, called a bag; two hats.
SHOP = [
    (labelled("shop", 0), predicted(0)),
    (labelled("shop", 0), predicted(6, 0.7)),
    (labelled("shop", 4), predicted(4)),
    (labelled("shop", 7, 9), predicted(7)),
    (labelled("shop", 5, 7, 9), predicted(8, 0.2)),
    (labelled("shop"), predicted(0, 0.9)),
    (labelled("shop"), predicted(1, 0.15)),
]


@pytest.fixture
def shop() -> SourceEvaluation:
    return score(*SHOP)["shop"]


def value(share: Share | None) -> tuple[float, int]:
    assert share
    return share.value, share.n


def test_a_class_is_counted_in_photos_that_it_alone_is_right_for(shop: SourceEvaluation) -> None:
    assert {index: value(share) for index, share in shop.classes.items()} == {
        0: (0.5, 2),
        4: (1.0, 1),
    }
    assert value(shop.balanced_accuracy()) == (0.75, 3), "the mean of the two, not 2 of 3"
    assert value(shop.balanced_accuracy({4, 5, 9})) == (1.0, 1)
    assert shop.balanced_accuracy({5, 7, 9}) is None
    assert np.argwhere(shop.confusion_matrix).tolist() == [[0, 0], [0, 6], [4, 4]]
    assert shop.confusion_matrix.sum() == 3


def test_where_several_are_right_any_will_do(shop: SourceEvaluation) -> None:
    assert value(shop.accuracy(shop.several)) == (0.5, 2)
    assert shop.counts(shop.several).nonzero()[0].tolist() == [7, 8]
    assert shop.accuracy(shop.worn) is None


def test_what_is_none_is_told_by_its_score(shop: SourceEvaluation) -> None:
    # 0.9 is above all five garments; 0.15 above the three at 0.1, below 0.7 and 0.2.
    assert shop.auroc == pytest.approx((5 + 3) / 10)
    assert value(shop.unfamiliar(shop.none)) == (0.5, 2)
    assert value(shop.unfamiliar(~shop.none)) == (0.2, 5)
    assert score(*SHOP, threshold=0.1)["shop"].unfamiliar(~shop.none).value == 0.4, "above, not at"
    assert score(*SHOP, threshold=None)["shop"].unfamiliar(shop.none) is None


def test_people_are_right_when_they_wear_what_is_answered() -> None:
    pairs = [
        (labelled("street", 1, 4, worn=True), predicted(4)),
        (labelled("street", 1, worn=True), predicted(1)),
        (labelled("street", 8, worn=True), predicted(3)),
    ]
    street = score(*pairs)["street"]
    assert value(street.accuracy(street.worn)) == (pytest.approx(2 / 3), 3)
    assert street.classes == {}, "one tag alone does not make a photo one of that class"
    assert street.balanced_accuracy() is None
    assert street.accuracy(street.several) is None
    assert not street.confusion_matrix.any()
    assert math.isnan(street.auroc)


def test_sources_are_scored_each_by_itself() -> None:
    found = score(*SHOP, (labelled("people", 0), predicted(0)), (labelled("people"), predicted(1)))
    assert list(found) == ["shop", "people"]
    assert value(found["people"].balanced_accuracy()) == (1.0, 1)
    assert found["people"].auroc == 0.5, "against its own T-shirt, at 0.1 as well"
    assert found["shop"].auroc == pytest.approx(0.8)
    assert [len(each.photos) for each in found.values()] == [7, 2]


def test_things_are_told_from_what_people_bring_each_source_counting_the_same() -> None:
    pairs = [
        (labelled("things"), predicted(0, 0.3)),
        (labelled("people", 0), predicted(0, 0.4)),
        (labelled("people"), predicted(0, 0.0)),
        (labelled("street", 0, worn=True), predicted(0, 0.9)),
        (labelled("street boxes", 0, part=True), predicted(0, 0.9)),
    ]
    things = score(*SHOP, *pairs)["things"]
    shop = auroc(np.array([0.3]), np.array([0.1, 0.7, 0.1, 0.1, 0.2]))
    assert shop == pytest.approx(0.8)
    assert things.auroc == pytest.approx((shop + 0) / 2)
    assert things.balanced_accuracy() is None
    alone = score(pairs[0])["things"]
    assert math.isnan(alone.auroc), "there is nothing to tell them from"
