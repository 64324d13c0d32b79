"""What one writes on: digits on plain and ruled paper, and on a board, under uneven light."""

from studio import Piece, Stroke

_ALL = "M -5 -5 L 105 -5 L 105 105 L -5 105 Z"


def _ruled(step: int, light: float, *, squared: bool = False) -> tuple[Stroke, ...]:
    """Rule a sheet, or square it."""
    places = range(step // 2, 100, step)
    lines = [f"M 0 {place} L 100 {place}" for place in places]
    lines += [f"M {place} 0 L {place} 100" for place in places if squared]
    return tuple(Stroke(line, 0.3, light, 0.1) for line in lines)


def _shadow(path: str, width: float, softness: float) -> Stroke:
    """Let something between lamp and paper cast its shadow."""
    return Stroke(path, width, -0.35, softness)


def _sheet(colour: str, *strokes: Stroke) -> list[Piece]:
    return [Piece(_ALL, colour, strokes, grain=0.012)]


TWO = _sheet(
    "#f4f1e6",
    *_ruled(9, -0.14),
    Stroke("M 40 36 C 42 22 64 22 61 40 C 59 52 46 62 38 72 C 46 68 56 74 66 69", 1.7, -0.72, 0.15),
    Stroke("M 6 0 L -4 100", 24, -0.18, 8),
)
FIVE = _sheet(
    "#efeeea",
    _shadow("M 96 -10 L 70 110", 42, 2.5),
    Stroke("M 66 30 L 47 32 L 43 50 C 60 42 70 56 62 67 C 56 75 44 75 38 68", 4.2, -0.74, 0.2),
)
SEVEN = _sheet(
    "#454f4b",
    Stroke("M 10 90 Q 50 60 90 96", 30, 0.16, 7),
    Stroke("M 34 32 Q 50 29 66 31 C 56 46 50 58 46 76", 3.2, 1.9, 0.35),
    Stroke("M 42 53 L 60 51", 3.2, 1.9, 0.35),
)
EIGHT = _sheet(
    "#f6f5f2",
    *_ruled(6, -0.1, squared=True),
    Stroke(
        "M 60 33 C 50 24 38 34 46 43 C 54 51 66 56 60 68 C 53 78 38 70 44 58 C 48 50 64 44 60 33",
        2.4, -0.66, 0.15,
    ),
    _shadow("M -8 84 L 60 108", 36, 3.5),
)  # fmt: skip
