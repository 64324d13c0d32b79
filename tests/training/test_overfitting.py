import pytest

from fmnist.training.overfitting import memorising_from


def history(losses: list[float], val_losses: list[float]) -> list[dict[str, float]]:
    rows = zip(losses, val_losses, strict=True)
    return [{"epoch": n, "loss": a, "val_loss": b} for n, (a, b) in enumerate(rows, 1)]


FALLING = [0.9, 0.5, 0.4, 0.3, 0.2, 0.1, 0.1]


@pytest.mark.parametrize(
    ("losses", "val_losses", "epoch"),
    [
        (FALLING, [0.8, 0.6, 0.7, 0.7, 0.7, 0.7, 0.7], 3),
        (FALLING[:-1], [0.8, 0.6, 0.7, 0.7, 0.7, 0.7], None),  # four epochs may be chance
        (FALLING, [0.8, 0.6, 0.61, 0.62, 0.61, 0.62, 0.64], None),  # it has hardly risen
        ([*FALLING[:-1], 0.5], [0.8, 0.6, 0.7, 0.7, 0.7, 0.7, 0.7], None),  # training is worse too
        (FALLING, FALLING, None),
        ([0.9], [0.8], None),
    ],
)
def test_it_is_said_once_the_curves_part(
    losses: list[float], val_losses: list[float], epoch: int | None
) -> None:
    assert memorising_from(history(losses, val_losses)) == epoch


def test_without_held_out_images_nobody_can_tell() -> None:
    assert memorising_from([{"epoch": 1, "loss": 0.5}]) is None
    assert memorising_from([]) is None
