"""The rules of ``fmnist/__init__.py``, held by reading the imports."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[1]
_FILES = sorted([_ROOT / "app.py", *(_ROOT / "fmnist").rglob("*.py")])
_INTERFACE = ("fmnist.server", "fmnist.ui", "fmnist.pages")
_HEAVY = {"tensorflow", "keras", "scipy", "sklearn"}


def _module(path: Path) -> str:
    parts = path.relative_to(_ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


_MODULES = {_module(path): path for path in _FILES}
_PAGES = [name for name in _MODULES if name.startswith("fmnist.pages.")]


def _imports(name: str, at_import_time: bool = False) -> set[str]:
    """The modules a module imports, as far as our own files tell them apart from names."""
    found = set()
    for node in _walk(_tree(name), at_import_time):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{name} imports relatively; the house imports absolutely"
            found.add(str(node.module))
            found |= {f"{node.module}.{alias.name}" for alias in node.names} & set(_MODULES)
    return found


@cache
def _tree(name: str) -> ast.Module:
    return ast.parse(_MODULES[name].read_text(encoding="utf-8"))


def _walk(node: ast.AST, at_import_time: bool) -> Iterator[ast.AST]:
    """All nodes, or those that run on import: not in functions, not for type checkers alone."""
    yield node
    for child in ast.iter_child_nodes(node):
        if at_import_time and isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if at_import_time and isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            continue
        yield from _walk(child, at_import_time)


def _top(name: str) -> str:
    return name.partition(".")[0]


def _room(name: str) -> str:
    return ".".join(name.split(".")[:2])


def test_the_rules_are_read_from_real_files() -> None:
    assert len(_PAGES) >= 4
    assert "streamlit" in _imports("app")
    assert "fmnist.ui.panel" in _imports("fmnist.pages.draw")


@pytest.mark.parametrize("name", _MODULES)
def test_only_the_interface_imports_streamlit(name: str) -> None:
    if name != "app" and _room(name) not in _INTERFACE:
        tops = {_top(imported) for imported in _imports(name)}
        assert not tops & {"streamlit", "streamlit_drawable_canvas"}


@pytest.mark.parametrize("name", _PAGES)
def test_pages_import_neither_keras_nor_threading(name: str) -> None:
    tops = {_top(imported) for imported in _imports(name)}
    assert not tops & {*_HEAVY, "threading", "multiprocessing", "concurrent", "asyncio"}


@pytest.mark.parametrize("name", _MODULES)
def test_imports_go_one_way(name: str) -> None:
    """app → server, pages → ui → everything else."""
    rooms = {_room(imported) for imported in _imports(name)}
    assert "app" not in rooms
    assert "fmnist.pages" not in rooms, "nobody imports a page"
    assert "fmnist.server" not in rooms or name == "app" or _room(name) == "fmnist.server"
    if name != "app" and _room(name) not in _INTERFACE:
        assert "fmnist.ui" not in rooms


@pytest.mark.parametrize("name", _MODULES)
def test_what_one_page_needs_is_imported_by_it_alone(name: str) -> None:
    """``ui.train.forms`` by ``pages.train`` and by its neighbours in ``ui.train``."""
    pages = {page.rpartition(".")[2] for page in _PAGES}
    for imported in _imports(name) & set(_MODULES):
        owner = imported.removeprefix("fmnist.ui.").split(".")[0]
        if imported.startswith("fmnist.ui.") and owner in pages:
            assert name == f"fmnist.pages.{owner}" or name.startswith(f"fmnist.ui.{owner}")


@pytest.mark.parametrize("name", _MODULES)
def test_a_file_is_one_noun_long(name: str) -> None:
    assert len(_MODULES[name].read_text(encoding="utf-8").splitlines()) <= 220


def test_commands_holds_commands_only() -> None:
    names = [name for name in _MODULES if name.startswith("fmnist.commands.")]
    listed = _imports("fmnist.__main__")
    assert set(names) <= listed, "one file a command"


# What the field calls otherwise, and where the old word stays: the columns of a table, the keys of
# a file and the name of a model are a contract.
_OLD_WORDS = re.compile(
    r"(?i:observer|stranger|mending|mended|judgement|sharper|photo_to_seen|write_atomically"
    r"|unfamiliarity|\beveryday\b)|\bINPUTS\b|\bWAYS\b|\bgoing_on\b",
)
_CONTRACTS = {
    "fmnist.commands.classify": ("everyday",),
    "fmnist.inference.answers": ("unfamiliarity",),
    "fmnist.commands.evaluate": ("strangers",),
    "fmnist.models.store": ("everyday",),
    "fmnist.training.configuration": ("everyday",),
    "fmnist.preprocessing.decode": ("everyday",),
}


@pytest.mark.parametrize("name", _MODULES)
def test_things_have_the_field_s_names(name: str) -> None:
    text = _MODULES[name].read_text(encoding="utf-8")
    for word in _CONTRACTS.get(name, ()):
        text = text.replace(word, "")
    assert not _OLD_WORDS.findall(text)


def test_every_page_is_in_the_app() -> None:
    app = (_ROOT / "app.py").read_text(encoding="utf-8")
    for name in _PAGES:
        assert f'PAGES / "{name.rpartition(".")[2]}.py"' in app


def _reached_by_the_web_process() -> dict[str, str]:
    """Each module that starting the app and opening its pages imports, with who imports it."""
    reached, waiting = {"app": ""}, ["app"]
    reached |= dict.fromkeys(_PAGES, "app")
    waiting += _PAGES
    while waiting:
        name = waiting.pop()
        for imported in _imports(name, at_import_time=True):
            # Importing a.b.c runs a and a.b as well.
            parts = imported.split(".")
            for end in range(1, len(parts) + 1):
                part = ".".join(parts[:end])
                if part in _MODULES and part not in reached:
                    reached[part] = name
                    waiting.append(part)
    return reached


def test_the_web_process_never_imports_tensorflow() -> None:
    reached = _reached_by_the_web_process()
    assert {"fmnist.models.store", "fmnist.inference.classifier", "fmnist.training.run"} <= set(
        reached
    )
    for name in reached:
        heavy = {_top(imported) for imported in _imports(name, at_import_time=True)} & _HEAVY
        assert not heavy, f"{name}, which {reached[name]} imports, imports {heavy}"


def test_an_answer_needs_no_tensorflow(trained_models: Path) -> None:
    wanted = sorted(name for name in _reached_by_the_web_process() if name not in ("app", *_PAGES))
    code = f"""
import importlib, sys
from pathlib import Path
import numpy as np
for name in {wanted}:
    importlib.import_module(name)
from fmnist.inference.classifier import Classifier
from fmnist.models import ModelStore
store = ModelStore(Path({str(trained_models)!r}))
classifier = Classifier(store.twin(store.names()[0]), 10)
probabilities = classifier.predict_proba(np.zeros((1, 28, 28), np.uint8))
assert abs(probabilities.sum() - 1) < 1e-5
loaded = {_HEAVY} & set(sys.modules)
assert not loaded, loaded
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=_ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.mark.parametrize("name", _MODULES)
def test_every_file_says_what_it_holds(name: str) -> None:
    assert ast.get_docstring(_tree(name))


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    files = [
        path
        for pattern in (
            "*.md",
            "*.py",
            "*.toml",
            "*.txt",
            "Makefile",
            ".streamlit/*.toml",
            "docs/*.md",
        )
        for path in _ROOT.glob(pattern)
    ]
    for folder in ("fmnist", "tests", "benchmarks", "examples"):
        files += [p for p in (_ROOT / folder).rglob("*") if p.suffix in (".py", ".md", ".json")]
    files += _ROOT.glob("models/*/card.json")
    assert _ROOT / "fmnist/__init__.py" in files
    foreign = ("/" + "work/", "../" + "shared")  # apart, or this file would know it
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert not any(words in text for words in foreign), path
