"""A measured figure, NaN where there was nothing to measure, for people and as JSON."""

import math


def or_none(figure: float) -> float | None:
    """Return the figure as JSON has it."""
    return None if math.isnan(figure) else float(figure)


def written(figure: float) -> str:
    """Return the figure in six characters."""
    return "     –" if math.isnan(figure) else f"{figure:.4f}"
