"""Who answers about what people bring, with one look and with two."""

from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest

from fmnist.inference.classifier import Classifier
from fmnist.inference.ensemble import Observer, sharper_than
from fmnist.models import Card, ModelError, ModelStore
from fmnist.preprocessing import Seen

SHARP = (64, 64, 3)
CARD = Card("fashion-mnist", "dense", 0, {}, {}, {}, temperature=2.0, unfamiliar_above=0.5)


def network(shape: tuple[int, ...], outputs: int, seed: int) -> keras.Model:
    keras.utils.set_random_seed(seed)
    pixels = keras.Input(shape)
    answers = keras.layers.Dense(outputs, activation="softmax")(
        keras.layers.Flatten()(pixels) / 255
    )
    return keras.Model(pixels, answers)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> ModelStore:
    """A model that knows none of the ten, one that does not, and one that looks sharper."""
    store = ModelStore(tmp_path_factory.mktemp("models"))
    store.save("knows", network((28, 28), 11, 1), CARD)
    store.save("plain", network((28, 28), 10, 2), replace(CARD, unfamiliar_above=None))
    store.save("sharp", network(SHARP, 11, 3), replace(CARD, shape=SHARP, temperature=1.0))
    return store


@pytest.fixture
def seen() -> Seen:
    random = np.random.default_rng(0)
    return Seen(
        random.integers(0, 256, (28, 28), dtype=np.uint8),
        random.integers(0, 256, SHARP, dtype=np.uint8),
    )


def both_sides(store: ModelStore, name: str, form: np.ndarray) -> np.ndarray:
    classifier = Classifier(store.twin(name), 10)
    sides = [classifier.outputs(side[None])[0] for side in (form, form[:, ::-1])]
    return np.mean(sides, axis=0)


def test_an_image_gets_one_look_from_both_sides(store: ModelStore, seen: Seen) -> None:
    probabilities, strangeness = Observer.load(store, "knows").predict(Seen(seen.image))
    outputs = both_sides(store, "knows", seen.image)
    expected = np.sqrt(outputs[:10])  # a temperature of 2
    np.testing.assert_allclose(probabilities, expected / expected.sum(), atol=1e-5)
    assert strangeness == pytest.approx(outputs[10], abs=1e-6)


def test_a_photo_gets_a_second_look(store: ModelStore, seen: Seen) -> None:
    assert seen.sharp is not None
    observer = Observer.load(store, "knows")
    probabilities, strangeness = observer.predict(seen)
    plain, sharp = both_sides(store, "knows", seen.image), both_sides(store, "sharp", seen.sharp)
    together = np.sqrt(plain * sharp)
    together /= together.sum()
    assert strangeness == pytest.approx(together[10], abs=1e-5)
    expected = np.sqrt(together[:10])
    np.testing.assert_allclose(probabilities, expected / expected.sum(), atol=1e-5)
    (first, _), (second, _) = observer.each(seen)
    assert first.argmax() == plain[:10].argmax()
    assert second.argmax() == sharp[:10].argmax()


def test_only_who_knows_none_looks_twice(store: ModelStore, seen: Seen) -> None:
    assert sharper_than(store, "knows") == "sharp"
    assert sharper_than(store, "plain") is None
    assert sharper_than(store, "sharp") is None
    assert len(Observer.load(store, "plain").each(seen)) == 1


def test_who_looks_sharper_answers_about_photos_alone(store: ModelStore, seen: Seen) -> None:
    observer = Observer.load(store, "sharp")
    assert observer.predict(seen)[0].shape == (10,)
    with pytest.raises(ModelError, match="looks at photos alone"):
        observer.predict(Seen(seen.image))


def test_it_is_no_choice_for_other_images(store: ModelStore) -> None:
    assert {entry.name: entry.answers for entry in store.entries()} == {
        "knows": True,
        "plain": True,
        "sharp": False,
    }


def test_a_model_of_another_shape_than_its_card_says_is_refused(
    store: ModelStore, tmp_path: Path
) -> None:
    other = ModelStore(tmp_path)
    other.save("wrong", network(SHARP, 11, 4), CARD)
    assert "goes from [64, 64, 3] to 11" in other.entry("wrong").problem


def test_what_the_sharper_look_was_never_shown_the_plain_one_decides(
    store: ModelStore, seen: Seen
) -> None:
    assert seen.sharp is not None
    sets = [[0], [1], [2], [3], [4], [6], [5, 7, 9]]  # shoes are alike, and nobody showed a bag
    observer = Observer(
        Classifier(store.twin("knows"), 10), Classifier(store.twin("sharp"), 10), sets, flips=True
    )
    plain, sharp = both_sides(store, "knows", seen.image), both_sides(store, "sharp", seen.sharp)
    _, (told, strangeness) = observer.each(seen)
    shoes = [5, 7, 9]
    np.testing.assert_allclose(
        told[shoes] / told[shoes].sum(), plain[shoes] / plain[shoes].sum(), atol=1e-4
    )
    assert told[8] * (1 - strangeness) == pytest.approx(plain[8], abs=1e-4)
    # Of all it was shown, it keeps its own word.
    ratio = sharp[[0, 1, 2, 3, 4, 6]] / (sharp.sum() - sharp[8])
    np.testing.assert_allclose(
        told[[0, 1, 2, 3, 4, 6]] * (1 - strangeness), ratio * (1 - plain[8]), atol=1e-4
    )
