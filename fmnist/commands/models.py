"""``python -m fmnist models``: what has been trained."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from fmnist.models import default_store


def models() -> None:
    """List the models: data set, architecture, parameters, test accuracy, what is wrong."""
    store = default_store()
    table = Table(box=None, pad_edge=False)
    for title in ("Model", "Data set", "Architecture"):
        table.add_column(title)
    for title in ("Parameters", "Test accuracy"):
        table.add_column(title, justify="right")
    table.add_column("Problem", overflow="fold")
    for entry in store.entries():
        card = entry.card
        accuracy = card.metrics.get("test_accuracy") if card else None
        table.add_row(
            entry.name,
            card.dataset if card else "",
            card.architecture if card else "",
            f"{card.parameters:,}" if card else "",
            f"{accuracy:.4f}" if accuracy is not None else "",
            Text(entry.problem),
        )
    if table.row_count:
        Console().print(table)
    else:
        print(f"There is no model in {store.root} yet. Make one: python -m fmnist train cnn")
