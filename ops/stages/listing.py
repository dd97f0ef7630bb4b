"""`stages.json`: the stages in the order in which a release reaches them, and how they may differ."""

from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from onboarding.failure import Failure
from ops.policies.checking import STAGES as FILE

StageName = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9]{0,15}$")]
Reason = Annotated[str, Meta(min_length=1)]


class Stages(Struct, frozen=True, forbid_unknown_fields=True):
    """`stages`: names of stacks; the last one has the customers.

    `differences`: by stage the settings that it doesn't share with the last one, with the reason of each. A
    setting stands for all that is below it: `network` covers `network.nat`.
    """

    stages: Annotated[tuple[StageName, ...], Meta(min_length=1)]
    differences: dict[StageName, dict[str, Reason]] = {}

    @property
    def last(self) -> str:
        """The stage that the others are measured by."""
        return self.stages[-1]


def listed(root: Path) -> Stages:
    """The stages of a project. Raises `Failure`."""
    path = root / FILE
    try:
        return msgspec.json.decode(path.read_bytes(), type=Stages)
    except OSError as error:
        raise Failure(
            f"{path} can't be read: {error.strerror}.", "It lists the stages: see README."
        ) from error
    except msgspec.DecodeError as error:
        raise Failure(f"{path} is not usable: {error}", "Mend it, and repeat.") from error


def text_of(stages: Stages) -> str:
    """The file's content."""
    return msgspec.json.format(msgspec.json.encode(stages), indent=2).decode() + "\n"
