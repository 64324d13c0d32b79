"""``python -m fmnist train``: train a network and put it among the models."""

import signal
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from fmnist.architectures import ARCHITECTURES
from fmnist.commands.mistake import sentences
from fmnist.commands.progress import carry_out
from fmnist.commands.seeds import check_seeds, over_seeds, train_seeds
from fmnist.datasets import DATASETS
from fmnist.models import ModelStore, default_store
from fmnist.training.augmentation.geometric import AUGMENTATIONS
from fmnist.training.configuration import EXTRAS, GOING_ON, OPTIMIZERS, SCHEDULES, Configuration
from fmnist.training.recipe import read_recipe, recipes
from fmnist.training.run import Run
from fmnist.training.runs import begun
from fmnist.training.status import State
from fmnist.training.tasks.distillation import check_teacher

_DEFAULT: dict[str, Any] = {field.name: field.default for field in fields(Configuration)}


@sentences
def train(
    context: typer.Context,
    architecture: Annotated[
        str, typer.Argument(help=f"Among {', '.join(ARCHITECTURES)}.")
    ] = _DEFAULT["architecture"],
    recipe: Annotated[
        str | None,
        typer.Option(help=f"Among {', '.join(recipes())}. Other options given with it go first."),
    ] = None,
    dataset: Annotated[str, typer.Option(help=f"Among {', '.join(DATASETS)}.")] = _DEFAULT[
        "dataset"
    ],
    epochs: Annotated[int, typer.Option(help="How often each image is seen.")] = _DEFAULT["epochs"],
    batch_size: Annotated[int, typer.Option(help="Images a step.")] = _DEFAULT["batch_size"],
    optimizer: Annotated[
        str, typer.Option(help=f"How steps are taken: {', '.join(OPTIMIZERS)}.")
    ] = _DEFAULT["optimizer"],
    learning_rate: Annotated[float, typer.Option(help="The highest one.")] = _DEFAULT[
        "learning_rate"
    ],
    weight_decay: Annotated[
        float, typer.Option(help="How much weights shrink, as a part of the learning rate.")
    ] = _DEFAULT["weight_decay"],
    schedule: Annotated[
        str, typer.Option(help=f"How the learning rate goes: {', '.join(SCHEDULES)}.")
    ] = _DEFAULT["schedule"],
    augmentation: Annotated[
        str, typer.Option(help=f"Among {', '.join(AUGMENTATIONS)}.")
    ] = _DEFAULT["augmentation"],
    cutmix: Annotated[
        float, typer.Option(help="Share of the images that get a piece of another.")
    ] = _DEFAULT["cutmix"],
    validation_share: Annotated[
        float, typer.Option(help="Share of the training images held out; 1/12 is 5,000.")
    ] = _DEFAULT["validation_share"],
    limit: Annotated[
        int | None, typer.Option(help="Use only so many of the training images.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Of weights, order, augmentation.")] = _DEFAULT["seed"],
    seeds: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="From how many seeds, from --seed on; their accuracies go on the card.",
        ),
    ] = None,
    extras: Annotated[
        str, typer.Option(help=f"What to train on beside the data set: {', '.join(EXTRAS)}.")
    ] = _DEFAULT["extras"],
    photos: Annotated[
        str, typer.Option(help="For everyday, photos: their folder, a sub-folder for each garment.")
    ] = _DEFAULT["photos"],
    start_from: Annotated[
        str, typer.Option(help="A model that goes on, with my images: shortly, in small steps.")
    ] = _DEFAULT["start_from"],
    teacher: Annotated[
        str, typer.Option(help="A model whose answers it learns; several with commas between.")
    ] = _DEFAULT["teacher"],
    name: Annotated[
        str | None,
        typer.Option(help="The model's name, replacing one that has it; by default a free one."),
    ] = None,
) -> None:
    """Train a network. Ctrl-C keeps what was reached; the same command goes on from there."""
    if photos:
        photos = str(Path(photos).resolve())
    values = {key: value for key, value in locals().items() if key in _DEFAULT}
    given = {key: value for key, value in values.items() if _given(context, key)}
    store = default_store()
    try:
        if recipe is not None and start_from:
            raise ValueError("Expected a recipe or a model to start from, not both.")
        if recipe is not None:
            values = read_recipe(recipe) | given
        if start_from:
            card = store.card(start_from)
            own = {"architecture": card.architecture, "dataset": card.dataset}
            values = GOING_ON | given | own
        configuration = Configuration(**values)
        if seeds is not None:
            check_seeds(configuration)
        configurations = [
            replace(configuration, seed=configuration.seed + number) for number in range(seeds or 1)
        ]
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    check_teacher(configuration)
    if name is not None:
        ModelStore.check_name(name)
    console = Console(stderr=True)
    # A polite kill is a Ctrl-C; the run itself is a process of its own and would go on.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    accuracies: dict[str, float] = {}
    if seeds is None:
        run = begun(configuration) or Run.create(configuration)
        stopped = carry_out(run, console).state is State.STOPPED
    else:
        run, accuracies = train_seeds(configurations, console)
        stopped = False
    if run.model.is_dir():
        kept = name or store.free_name(recipe or start_from or configuration.architecture)
        card = store.adopt(run.model, kept)
        if accuracies:
            card = store.note(kept, accuracies)
        typer.echo(f"{store.root / kept}: {_reached(card.metrics)}{over_seeds(card)}")
    if stopped:
        raise typer.Exit(130)


def _reached(metrics: Mapping[str, float]) -> str:
    if "test_accuracy" not in metrics:
        return "kept; there are no test images of photos, see evaluate --photos"
    reached = f"test accuracy {metrics['test_accuracy']:.4f}"
    if "mine_n" not in metrics:
        return reached
    return reached + (
        f" (before: {metrics['test_accuracy_before']:.4f}); on my {metrics['mine_n']:.0f} images, "
        f"which it has seen, {metrics['mine_accuracy']:.4f} "
        f"(before: {metrics['mine_accuracy_before']:.4f})"
    )


def _given(context: typer.Context, option: str) -> bool:
    source = context.get_parameter_source(option)
    return source is not None and source.name == "COMMANDLINE"
