"""Going on from a model that is there."""

from pathlib import Path

import numpy as np
import pytest

from fmnist.models import ModelError, default_store
from fmnist.training.configuration import Configuration
from fmnist.training.tasks import TASKS
from fmnist.training.tasks.learnt import check_start, start
from tests.training.synthetic.test_material import IMAGES

INTO = {
    "mixture": {"task": "mixture", "photos": "photos"},
    "distillation": {"task": "distillation", "teacher": "dense"},
}
SHOWN = IMAGES.astype(np.float32)


def test_it_begins_with_what_a_model_has_learnt_and_expects_little_to_be_none_of_the_classes(
    models_folder: Path,
) -> None:
    configuration = Configuration.of(
        {**INTO["mixture"], "architecture": "dense", "start_from": "dense"}
    )
    make = start(configuration, 11)
    assert make
    before, after = (
        np.asarray(default_store().load_keras("dense")(SHOWN)),
        np.asarray(make()(SHOWN)),
    )
    assert after.shape == (len(IMAGES), 11)
    assert np.median(after[:, 10]) < 0.05
    np.testing.assert_allclose(
        after[:, :10] / after[:, :10].sum(axis=1, keepdims=True), before, atol=1e-5
    )


@pytest.mark.parametrize("outputs", [10, 11])
def test_a_model_that_knows_what_is_none_of_the_classes_goes_on_with_that_or_without(
    outputs: int,
) -> None:
    configuration = Configuration.of(
        {**INTO["mixture"], "architecture": "resnet", "start_from": "everyday"}
    )
    make = start(configuration, outputs)
    assert make
    kept = default_store().load_keras("everyday").get_weights()
    for mine, learnt in zip(make().get_weights(), kept, strict=True):
        np.testing.assert_array_equal(mine, learnt[..., : mine.shape[-1]])
        assert mine.shape[-1] in (outputs, learnt.shape[-1])


@pytest.mark.parametrize("task", INTO)
def test_it_goes_on_from_no_other_network(task: str, models_folder: Path) -> None:
    values = {**INTO[task], "start_from": "dense"}
    TASKS[task].check(Configuration.of(values | {"architecture": "dense"}))
    with pytest.raises(ModelError, match=r"dense is a dense of fashion-mnist\. Expected .* a cnn"):
        TASKS[task].check(Configuration.of(values | {"architecture": "cnn"}))


def test_without_a_model_to_start_from_weights_are_random() -> None:
    configuration = Configuration.of(INTO["distillation"])
    check_start(configuration)
    assert start(configuration, 10) is None
