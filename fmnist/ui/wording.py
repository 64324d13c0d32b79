"""A length of time, as people say it."""


def duration(seconds: float) -> str:
    """Write seconds in two units at most: ``48 s``, ``2 min 05 s``, ``1 h 03 min``."""
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes:02} min"
    return f"{minutes} min {seconds:02} s" if minutes else f"{seconds} s"
