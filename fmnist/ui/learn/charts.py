"""The charts of the lessons; each is built once and gets its rows later, as in ``ui.charts``."""

from functools import cache

import altair as alt

from fmnist.ui.charts import ACCENT, INK_ON_DARK, MUTED, ROWS, WRONG, Specification

# From a low loss to a high one, on light and on dark paper.
_GROUND = ["#f7f4ef", "#c8d2e2", "#7a98c3"]
_GROUND_ON_DARK = ["#1b1e23", "#2d3d56", "#4b6ca3"]


@cache
def fit_spec(across: str, up: str, low: float, high: float, ink: str) -> Specification:
    """Measured points, and what a network draws through them, now and before.

    Rows: kind ("measured", "now" or "before"), series, x, y.

    Args:
        across: title of the x axis.
        up: title of the y axis.
        low: where the y axis begins.
        high: where it ends.
        ink: the colour of the points, which light or dark paper decides.
    """
    base = alt.Chart(alt.NamedData(ROWS)).encode(
        x=alt.X("x:Q", title=across).axis(grid=False, tickCount=6),
        y=alt.Y("y:Q", title=up).scale(domain=[low, high]).axis(tickCount=6),
        tooltip=[
            alt.Tooltip("series:N", title=" "),
            alt.Tooltip("x:Q", title=across, format=".1f"),
            alt.Tooltip("y:Q", title=up, format=".1f"),
        ],
    )
    before = base.transform_filter(alt.datum.kind == "before").mark_line(
        clip=True, color=MUTED, opacity=0.6, strokeWidth=1.5
    )
    now = base.transform_filter(alt.datum.kind == "now").mark_line(
        clip=True, color=ACCENT, strokeWidth=3
    )
    measured = base.transform_filter(alt.datum.kind == "measured").mark_circle(
        color=ink, size=70, opacity=1
    )
    return (
        alt.layer(before.encode(detail="series:N"), now, measured)
        .properties(height=340)
        .to_dict(validate=False)
    )


@cache
def surface_spec(ink: str) -> Specification:
    """The loss over a plane, the lower the nearer to the paper, and the ways of optimisers over it.

    Rows: kind ("loss", or "way"), a, b, a2, b2 (the far corner of a field), loss, series, step,
    last (whether it is the end of a way).
    """
    ground = _GROUND_ON_DARK if ink == INK_ON_DARK else _GROUND
    base = alt.Chart(alt.NamedData(ROWS)).encode(
        x=alt.X("a:Q", title="Towards trained weights")
        .axis(tickCount=6, grid=False)
        .scale(domain=[-1, 9]),
        y=alt.Y("b:Q", title="Towards “Bag” for what is bright")
        .axis(tickCount=6, grid=False)
        .scale(domain=[-2, 1.5]),
    )
    fields = (
        base.transform_filter(alt.datum.kind == "loss")
        .mark_rect(stroke=None)
        .encode(
            x2="a2:Q",
            y2="b2:Q",
            color=alt.Color("loss:Q")
            .scale(type="log", range=ground, interpolate="rgb")
            .legend(None),
            tooltip=[alt.Tooltip("loss:Q", title="Loss", format=".2f")],
        )
    )
    ways = base.transform_filter(alt.datum.kind == "way").encode(
        tooltip=[
            alt.Tooltip("series:N", title=" "),
            alt.Tooltip("step:Q", title="Step"),
            alt.Tooltip("loss:Q", title="Loss", format=".2f"),
        ]
    )
    layers = [fields]
    for name, colour, shape in (("SGD", WRONG, "circle"), ("Adam", ink, "square")):
        one = ways.transform_filter(alt.datum.series == name)
        layers += [
            one.mark_line(clip=True, color=colour, strokeWidth=2).encode(order="step:Q"),
            one.mark_point(clip=True, color=colour, filled=True, size=38, shape=shape, opacity=1),
            one.transform_filter(alt.datum.last)
            .mark_text(clip=True, color=ink, dy=-13, fontSize=13, fontWeight=600)
            .encode(text="series:N"),
        ]
    return alt.layer(*layers).properties(height=360).to_dict(validate=False)


@cache
def history_spec(metric: str, ink: str) -> Specification:
    """Training and validation after each epoch, and the epoch of the least validation loss.

    Rows: kind ("curve" or "best"), epoch, value, data ("Training" or "Validation"), last.
    """
    share = metric == "Accuracy"
    base = alt.Chart(alt.NamedData(ROWS)).encode(
        x=alt.X("epoch:Q", title="Epoch").axis(format="d", tickMinStep=1, grid=False)
    )
    y = alt.Y("value:Q", title=None).axis(tickCount=4, format=".0%" if share else ".1f")
    curves = base.transform_filter(alt.datum.kind == "curve").encode(
        y=y.scale(domain=[0, 1.1]) if share else y,
        color=alt.Color("data:N", title=None)
        .scale(domain=["Training", "Validation"], range=[MUTED, ACCENT])
        .legend(None),
        tooltip=[
            alt.Tooltip("data:N", title="Images"),
            alt.Tooltip("epoch:Q", title="Epoch"),
            alt.Tooltip("value:Q", title=metric, format=".1%" if share else ".3f"),
        ],
    )
    best = base.transform_filter(alt.datum.kind == "best")
    ends = curves.transform_filter(alt.datum.last)
    title = alt.TitleParams(metric, anchor="start", fontSize=14)
    return (
        alt.layer(
            best.mark_rule(aria=False, color=ink, strokeDash=[4, 4], opacity=0.6),
            best.mark_text(aria=False, color=ink, align="left", dx=5, fontSize=12).encode(
                y=alt.value(8), text="data:N"
            ),
            curves.mark_line(strokeWidth=2),
            curves.mark_point(filled=True, size=16),
            ends.mark_text(align="right", dy=-13, fontSize=12).encode(
                text="data:N", color=alt.value(ink)
            ),
        )
        .properties(height=260, title=title)
        .to_dict(validate=False)
    )
