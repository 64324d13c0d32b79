"""The drawings on the cards: what a lesson draws, in the colours of the app."""

from fmnist.ui.charts import ACCENT, MUTED, ink
from fmnist.ui.pixels import svg_url

# Classes of a drawing: what is drawn, filled or written about, and what is beside it.
_STYLE = (
    ".strong {{ stroke: {accent}; stroke-width: 3; }} .fill {{ fill: {accent}; }} "
    ".line, .dash {{ stroke: {muted}; stroke-width: 1.5; }} .dash {{ stroke-dasharray: 4 4; }} "
    ".soft {{ fill: {muted}; fill-opacity: 0.5; }} .ink {{ fill: {ink}; }}"
)


def picture(drawn: str) -> str:
    """Return a drawing as a data URL.

    Args:
        drawn: the inside of an SVG of 120×60, with the classes ``strong``, ``line`` and ``dash``
            for lines, and ``fill``, ``soft`` and ``ink`` for areas.
    """
    style = _STYLE.format(accent=ACCENT, muted=MUTED, ink=ink())
    return svg_url(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 60" stroke-linecap="round" '
        f'stroke-linejoin="round" fill="none"><style>{style}</style>{drawn}</svg>'
    )
