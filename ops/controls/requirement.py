"""What is said of one requirement of PCI DSS that can't be read from the program."""

from dataclasses import dataclass

STANDARD, VERSION = "PCI DSS", "4.0.1"


@dataclass(frozen=True)
class Requirement:
    """One requirement, as the standard numbers it. `asks`: in our words; the standard's own text counts.

    `files`: where it is met, from the project's folder. `tests`: `file::name`. `people`: what remains for
    people, other organizations or a real account; empty if the technical control is the whole of it.
    """

    number: str
    asks: str
    files: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    people: str = ""

    @property
    def group(self) -> int:
        """Which of the standard's twelve principal requirements it belongs to."""
        return int(self.number.partition(".")[0])

    @property
    def order(self) -> tuple[int, ...]:
        """By this they are in the standard's order."""
        return tuple(int(part) for part in self.number.split("."))
