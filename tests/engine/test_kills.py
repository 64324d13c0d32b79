"""Workers and drivers that are killed: what was meant is there once, all of it."""

import random
import sys
from pathlib import Path

import pytest

from tests.engine.executors import EXECUTORS
from tests.engine.kills import ids, kill_until_done

_PICTURES = 300


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """A list of pictures, which nobody opens."""
    path = tmp_path / "list.txt"
    path.write_text("".join(f"{number}.png\n" for number in range(_PICTURES)))
    return path


@pytest.mark.parametrize("ray", EXECUTORS)
def test_every_id_is_there_once_whoever_was_killed(
    ray: str | None, listed: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.parquet"
    command = [sys.executable, "-m", "tests.engine.driver", str(listed), str(out)]
    times = 2 if ray else 4
    killed = kill_until_done([*command, *filter(None, [ray])], out, times, random.Random(0))
    assert killed.workers + killed.drivers == times
    found = ids(out)
    assert len(found) == _PICTURES
    assert set(found.values()) == {1}
