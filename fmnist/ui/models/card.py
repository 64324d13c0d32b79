"""A model's card, as people read it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from statistics import mean, stdev
from typing import Any

import pandas as pd
import streamlit as st

from fmnist.datasets import DATASETS
from fmnist.evaluation.significance import wilson_interval
from fmnist.models import Card, default_store
from fmnist.models.folder import MODEL
from fmnist.models.published import Published
from fmnist.training.configuration import Configuration
from fmnist.ui import charts
from fmnist.ui.charts import ink
from fmnist.ui.glossary import definitions
from fmnist.ui.models.class_chart import class_rows, class_spec
from fmnist.ui.wording import duration

_USES = {"train": "to train on", "validation": "to choose by", "test": "to test with"}
_LICENCE = "MIT, like the app"
_NOT_FOR = (
    "Decisions about people, money or safety: it knows {n} classes of {title} "
    "at {pixels} pixels, and it can be sure and wrong."
)


def card_choice(names: Sequence[str], default: str) -> str:
    """Let a person choose a card; the choice is in the URL."""
    if st.session_state.get("card", default) not in names:
        del st.session_state["card"]  # of another data set, or gone
    name = st.segmented_control(
        "Model of the card",
        names,
        default=default,
        required=True,
        key="card",
        bind="query-params",
        label_visibility="collapsed",
    )
    return name or default


def model_card(name: str, card: Card) -> None:
    """Show all that is known of a model, and the commands that make and check it."""
    left, right = st.columns([6, 5], gap="large")
    with left:
        definitions(facts(card), "facts")
    with right:
        _classes(name, card)
        st.caption("How it was made, and how its figures are checked")
        photos = " --photos PHOTOS" if card.takes_photos else ""
        commands = [card.command, f"python -m fmnist evaluate {name}{photos} --json"]
        st.code("\n".join(filter(None, commands)), language=None, wrap_lines=True)
        _download(name)
        with st.expander("The card as a file"):
            st.json(asdict(card), expanded=1)


def _download(name: str) -> None:
    """Let a person take a model along, to load it and train on."""
    path = default_store().folder(name) / MODEL
    st.download_button(
        f"Model for Keras ({path.stat().st_size / 1e6:.1f} MB)",
        path.read_bytes,  # given as a function, it is called only once somebody asks
        f"{name}.keras",
        on_click="ignore",
        icon=":material/download:",
    )


def published_table(figures: Iterable[Published]) -> None:
    """Show what others have published, with the sources; nothing if there is nothing."""
    rows = [
        {
            "Model, parameters": f"{figure.name}, {figure.parameters:,}"
            if figure.parameters
            else figure.name,
            "Test accuracy": figure.written,
            "Source": f"[{figure.source}]({figure.url}). {figure.note}",
        }
        for figure in figures
    ]
    if rows:
        with st.expander("The published figures and their sources"):
            st.table(pd.DataFrame(rows[::-1]), border="horizontal")


def facts(card: Card) -> dict[str, str]:
    """Say what is on a card, in words by what they are about; what was not measured is left out."""
    dataset = DATASETS[card.dataset]
    told = {
        "Data set": f"Photos of the classes of {dataset.title}"
        if card.takes_photos
        else dataset.title,
        "Network": f"{card.architecture}, {card.parameters:,} parameters",
        **_quality(card),
        **_price(card),
        "Trained": _training(card),
        "Learnt from": _sources(card),
        "Taught by": card.configuration.get("teacher", "").replace(",", ", "),
        "Options": _options(card.configuration),
        "Images": ", ".join(f"{n:,} {_USES.get(use, use)}" for use, n in card.split.items() if n),
        "With": ", ".join(f"{library} {version}" for library, version in card.versions.items()),
        "Licence": _LICENCE,
        "Not for": _NOT_FOR.format(
            n=len(dataset.class_names),
            title=dataset.title,
            pixels="×".join(map(str, card.shape[:2])),
        ),
    }
    return {what: words for what, words in told.items() if words}


def _quality(card: Card) -> dict[str, str]:
    metrics, told = card.metrics, {}
    accuracy, n = metrics.get("test_accuracy"), card.split.get("test")
    if accuracy is not None and n:
        low, high = wilson_interval(accuracy, n)
        told["Test accuracy"] = f"{_percent(accuracy)}, 95 % interval {_range(low, high)}"
    if len(seeds := list(card.metrics_of("seed_accuracy").values())) > 1:
        spread = f"standard deviation {_percent(stdev(seeds))}"
        told["Over seeds"] = f"{_percent(mean(seeds))}, the mean of {len(seeds)}, {spread}"
    if "validation_accuracy" in metrics:
        held_out = _percent(metrics["validation_accuracy"])
        told["Held-out images"] = f"{held_out} right after the last epoch"
    if "test_loss" in metrics:
        told["Test loss"] = f"{metrics['test_loss']:.3f}"
    if "ece" in metrics:
        told["Calibration error"] = _percent(metrics["ece"])
        if "ece_untempered" in metrics and card.temperature != 1:
            before = _percent(metrics["ece_untempered"])
            told["Calibration error"] += (
                f"; {before} before its temperature of {card.temperature:g}"
            )
    if "drawing_balanced_accuracy" in metrics:
        told["Drawings"] = f"{_percent(metrics['drawing_balanced_accuracy'])}, mean of the classes"
    return told | _photos(card)


def _photos(card: Card) -> dict[str, str]:
    """Say how many photos of each source are answered rightly: no figure hides another."""
    told = {}
    for metric, what in (
        ("photo_balanced_accuracy", "mean of the classes"),
        ("photo_worn", "one of the things worn"),
    ):
        for source, share in card.metrics_of(metric).items():
            n, low, high = (
                card.metrics_of(f"photo_{name}").get(source)
                for name in ("n", "interval_low", "interval_high")
            )
            told[f"Photos, {source}"] = f"{_percent(share)}, {what}"
            if n and low is not None and high is not None:
                told[f"Photos, {source}"] += f", of {n:,.0f}; 95 % interval {_range(low, high)}"
    return told


def _sources(card: Card) -> str:
    return "; ".join(f"{each['name']} ({each['licence']}), {each['what']}" for each in card.sources)


def _price(card: Card) -> dict[str, str]:
    metrics, told = card.metrics, {}
    if "multiply_adds" in metrics:
        told["A prediction"] = f"{metrics['multiply_adds'] / 1e6:.3g} million multiply-adds"
        if "milliseconds" in metrics:
            told["A prediction"] += f", {metrics['milliseconds']:.2g} ms with LiteRT"
    if "bytes" in metrics:
        told["File"] = f"{metrics['bytes'] / 1e6:.3g} MB"
    return told


def _training(card: Card) -> str:
    seconds, seed = card.metrics.get("training_seconds"), card.configuration.get("seed")
    words = [
        f"{card.metrics['epochs']:g} epochs" if "epochs" in card.metrics else "",
        f"in {duration(seconds)}" if seconds is not None else "",
        f"on {card.machine}" if card.machine else "",
        f"from seed {seed}" if seed is not None else "",
    ]
    return f"{' '.join(filter(None, words))}; {datetime.fromisoformat(card.date):%d %B %Y}"


def _options(configuration: Mapping[str, Any]) -> str:
    """Say which options had another value than their default, where no other row does."""
    try:
        chosen = Configuration.of(configuration)
    except ValueError:  # of a version that knew others
        return ""
    named = ("architecture", "dataset", "epochs", "seed", "teacher", "photos")
    return ", ".join(
        f"{each.name.replace('_', ' ')} {value}"
        for each in fields(Configuration)
        if each.name not in named and (value := getattr(chosen, each.name)) != each.default
    )


def _classes(name: str, card: Card) -> None:
    accuracies = card.metrics_of("class_accuracy")
    if not accuracies:
        return
    rows = class_rows(accuracies)
    said = ", ".join(f"{row['class']} {row['share']}" for _, row in rows.iterrows())
    charts.show(class_spec(len(rows), ink()), rows, alt=f"{name}, test accuracy by class: {said}")


def _percent(share: float) -> str:
    return f"{100 * share:.2f} %"


def _range(low: float, high: float) -> str:
    return f"{100 * low:.2f}–{100 * high:.2f}"
