"""What goes wrong with what people bring."""


class InputError(ValueError):
    """A file or a drawing that cannot become a 28×28 image; its text is the sentence to show."""


def called(name: str) -> str:
    """Say a file's name, or that it has none, at the beginning of a sentence or within it."""
    return f"“{name}”" if name else "This file"
