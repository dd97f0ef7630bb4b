"""The two streams of every command: results go to the one, everything said about them to the other."""

from rich.console import Console

results = Console(highlight=False)
notes = Console(stderr=True, highlight=False)


def say(line: str) -> None:
    """A line of progress."""
    notes.print(line, style="dim", markup=False, soft_wrap=True)


def show(line: str) -> None:
    """A result exactly as it is, to be copied or piped: never wrapped, never styled."""
    results.print(line, soft_wrap=True, markup=False)
