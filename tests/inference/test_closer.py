import numpy as np
import pytest

from fmnist.inference.closer import SIDE, laid_over, parts

# Garments in a tenth of the square.
NOTHING = np.dstack([np.zeros((96, 96, 11)), np.full((96, 96), 0.9)])


def test_a_square_photo_is_seen_whole() -> None:
    assert parts(NOTHING, (300, 300, 3)) == parts(NOTHING, (300, 340, 3)) == []


def test_one_that_garments_fill_is_close_enough() -> None:
    filled = NOTHING.copy()
    filled[..., -1] = 0.75
    assert parts(filled, (300, 400)) == []
    assert len(parts(NOTHING, (300, 400))) == 2


@pytest.mark.parametrize(("long", "count"), [(360, 2), (450, 2), (600, 3), (890, 4)])
def test_a_long_photo_is_seen_in_squares_from_end_to_end(long: int, count: int) -> None:
    for shape, axis in (((long, 300), 0), ((300, long), 1)):
        found = parts(NOTHING, shape)
        assert len(found) == count
        assert {(p[a].stop - p[a].start) for p in found for a in (0, 1)} == {300}
        assert found[0][axis].start == 0
        assert found[-1][axis].stop == long


@pytest.mark.parametrize("shape", [(300, 200), (200, 300), (353, 201)])
def test_what_is_said_of_parts_lies_where_they_are(shape: tuple[int, int]) -> None:
    tall = shape[0] > shape[1]
    whole = np.zeros((96, 96, 12), np.float16)
    seen = [
        (part, np.full((96, 96, 12), value, np.float32))
        for part, value in zip(parts(NOTHING, shape), (0.2, 0.6), strict=True)
    ]
    plane = laid_over(whole, seen, shape)
    plane = plane if tall else plane.swapaxes(0, 1)
    assert plane.shape == (SIDE, SIDE, 12)
    assert plane[2, SIDE // 2, 0] == pytest.approx(0.1, abs=0.01), "half of it is the whole's"
    assert plane[-3, SIDE // 2, 0] == pytest.approx(0.3, abs=0.01)
    assert 0.1 < plane[SIDE // 2, SIDE // 2, 0] < 0.3
    assert (plane[:, 2] == 0).all(), "beside the photo"


def test_a_part_keeps_its_left_and_its_top() -> None:
    shape = (300, 200)
    first, last = parts(NOTHING, shape)
    said = np.zeros((96, 96, 12), np.float32)
    said[:24, :48] = 1
    plane = laid_over(np.zeros((96, 96, 12)), [(first, said), (last, said * 0)], shape)
    rows, columns = np.nonzero(plane[..., 3] > 0.4)
    assert (rows.min(), columns.min()) == (0, 32)
    assert (rows.max(), columns.max()) == pytest.approx((31, 95), abs=1)
