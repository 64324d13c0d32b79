"""How the command line refuses."""

from typer.testing import Result


def assert_refused(result: Result, sentence: str, code: int = 1) -> None:
    """Check that a command ended with a sentence, and with nothing else."""
    assert result.exit_code == code
    assert sentence in " ".join(result.stderr.replace("│", "").split())
    assert result.stdout == ""
    assert "Traceback" not in result.output
