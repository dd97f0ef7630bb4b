"""Where a stack's settings stand."""

from pathlib import Path

from onboarding.failure import Failure

PREFIX, SUFFIX = "Pulumi.", ".yaml"


def stack_file(stack: str, root: Path) -> Path:
    """The settings of a program's stack. Raises `Failure` with the stacks that there are."""
    path = root / f"{PREFIX}{stack}{SUFFIX}"
    if not path.is_file():
        raise Failure(
            f"There is no stack '{stack}': {path.name} isn't in {root.resolve()}.",
            f"Name one of these: {', '.join(stacks(root)) or '(none)'}.",
        )
    return path


def stacks(root: Path) -> list[str]:
    """The stacks that a program has settings for."""
    names = (path.name for path in root.glob(f"{PREFIX}*{SUFFIX}"))
    return sorted(name.removeprefix(PREFIX).removesuffix(SUFFIX) for name in names)
