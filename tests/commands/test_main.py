import subprocess
import sys

from typer.testing import CliRunner

from fmnist.__main__ import cli


def test_the_commands_are_listed_but_not_the_one_for_processes() -> None:
    listed = CliRunner().invoke(cli, ["--help"]).stdout
    for name in ("data", "train", "models", "evaluate", "cost", "classify", "export", "features"):
        assert f" {name} " in listed
    assert " work " not in listed


def test_help_needs_neither_tensorflow_nor_the_interpreter() -> None:
    code = """
import sys
import fmnist.__main__
slow = {"tensorflow", "keras", "ai_edge_litert", "pandas", "scipy"} & set(sys.modules)
sys.exit(f"imported {slow}" if slow else 0)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
