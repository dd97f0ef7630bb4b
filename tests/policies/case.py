"""What shows that a policy works."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from pulumi_policy import PolicyResource

from policies.pack.declaring import Policy
from tests.policies.patches import Patch


@dataclass(frozen=True)
class Case:
    """Small stacks that the policy passes, fails and can't judge yet, and a way to break our own program.

    `also`: the other policies that rightly fail on the broken program. `unknown_is`: what comes of the stack
    with unknown values, where the policy needn't know them. `config`: for the small stacks.
    """

    policy: Policy
    passes: Sequence[PolicyResource]
    fails: Sequence[PolicyResource]
    unknown: Sequence[PolicyResource]
    broken: Patch
    also: frozenset[str] = frozenset()
    unknown_is: Literal["skipped", "passes", "fails"] = "skipped"
    config: Mapping[str, Any] = field(default_factory=dict)
