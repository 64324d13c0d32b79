from pathlib import Path

import pytest

from fmnist.models.machine import machine


def _pretend(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    command = folder / "nvidia-smi"
    command.write_text(f"#!/bin/sh\n{script}\n")
    command.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=":")


def test_cores_and_system() -> None:
    assert " cores, " in machine()


def test_a_gpu_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _pretend(tmp_path, monkeypatch, "echo NVIDIA H100")
    assert machine().endswith(", NVIDIA H100")


def test_without_its_driver_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _pretend(tmp_path, monkeypatch, "echo no driver; exit 9")
    assert "driver" not in machine()
