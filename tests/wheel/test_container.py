"""The container: what it installs can be installed, and what it copies is there."""

import platform
import re
import subprocess
import sys
from fnmatch import fnmatch

import pytest

from fmnist.settings import ROOT

CONTAINER = ROOT / "container"
# What the image is: other systems need other files of the same packages.
HERE = sys.platform, platform.machine(), sys.version_info[:2]
IMAGE = "linux", "x86_64", (3, 11)


@pytest.mark.wheel
@pytest.mark.skipif(HERE != IMAGE, reason=f"the lock is for {IMAGE}, and this is {HERE}")
def test_pip_finds_and_would_install_all_that_is_locked() -> None:
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
    locked = ["--require-hashes", "--only-binary", ":all:", "-r", f"{CONTAINER}/requirements.txt"]
    done = subprocess.run(
        [*pip, "--dry-run", "--ignore-installed", *locked], stderr=subprocess.PIPE, text=True
    )
    assert done.returncode == 0, done.stderr[-2000:]


def test_all_that_is_copied_is_there_and_reaches_the_builder() -> None:
    lines = (CONTAINER / "Containerfile").read_text(encoding="utf-8").splitlines()
    copied = [name for line in lines if line.startswith("COPY") for name in line.split()[1:-1]]
    assert copied
    allowed = re.findall(
        r"^!(\S+)$", (CONTAINER / "Containerfile.dockerignore").read_text(), re.MULTILINE
    )
    for name in copied:
        # Where nothing matches a pattern, one builder goes on and another stops.
        assert (ROOT / name).exists(), name
        assert any(fnmatch(name, each) for each in allowed), f"{name} is kept from the builder"
