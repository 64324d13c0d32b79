"""The name of a class within a sentence."""


def in_a_sentence(name: str) -> str:
    """Set a name off from the numbers around it if it is one itself: “7”."""
    return f"“{name}”" if name.isdecimal() else name
