"""What a measurement left out, in words."""

from collections.abc import Iterator, Sequence

# How many of the loose files are named.
_NAMED = 3


def left_out(
    what: str,
    *,
    unknown: Sequence[str],
    loose: Sequence[str],
    nested: Sequence[str],
    neither: Sequence[str] = (),
) -> Iterator[str]:
    """Yield a sentence for each reason to leave something out of a folder of labelled pictures.

    Args:
        what: the pictures are, ``photos`` say.
        unknown: folders whose names stand for no class.
        loose: pictures in no folder of a kind.
        nested: folders within one of a kind.
        neither: folders of what is neither plainly one of the classes nor none.
    """
    for why, names in (
        ("as these names stand for no class", unknown),
        ("as neither plainly one of the classes nor none", neither),
        ("as they lie in no folder of a kind", [counted(what, loose)] if loose else []),
        ("as they lie in a folder that is of one kind already", nested),
    ):
        if names:
            yield f"Left out, {why}: {', '.join(names)}."


def counted(what: str, loose: Sequence[str]) -> str:
    """Say how many loose pictures there are, and what the first are called."""
    n = f"1 loose {what.removesuffix('s')}" if len(loose) == 1 else f"{len(loose):,} loose {what}"
    return f"{n} ({', '.join(loose[:_NAMED])}{', …' * (len(loose) > _NAMED)})"
