"""The controls matrix: what is said of each requirement, with what policies and rules say of themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from infra.detection.config_rules import Fitting, Need, Rule, fitted
from infra.settings.detection import RuleLimits
from ops.controls.requirement import Requirement
from ops.controls.requirements import REQUIREMENTS
from policies.pack import POLICIES
from policies.pack.declaring import Policy


@dataclass(frozen=True)
class Control:
    """A requirement with the policies (names) and the rules of AWS Config (identifiers) that are for it."""

    requirement: Requirement
    policies: tuple[str, ...]
    rules: tuple[str, ...]

    @property
    def technical(self) -> bool:
        """Whether something checks it: a policy, a rule or a test."""
        return bool(self.policies or self.rules or self.requirement.tests)


def every_rule() -> list[Rule]:
    """The rules of AWS Config, also those that only some stages have. Their parameters don't matter here."""
    return fitted(Fitting(RuleLimits(), log_retention_days=1, table_keys="", meets=frozenset(get_args(Need))))


def controls(
    requirements: Sequence[Requirement] = REQUIREMENTS,
    policies: Sequence[Policy] = tuple(POLICIES),
    rules: Sequence[Rule] | None = None,
) -> list[Control]:
    """The matrix, in the standard's order.

    Raises ValueError when a policy or a rule names a requirement that isn't among `requirements`.
    """
    by_policy = _by_requirement((policy.name, policy.pci) for policy in policies)
    by_rule = _by_requirement(
        (rule.identifier, rule.requirements) for rule in (every_rule() if rules is None else rules)
    )
    unknown = (by_policy.keys() | by_rule.keys()) - {each.number for each in requirements}
    if unknown:
        named = {name for number in unknown for name in (*by_policy[number], *by_rule[number])}
        raise ValueError(
            f"{', '.join(sorted(named))} name what the matrix lacks: {', '.join(sorted(unknown))}"
        )
    return [
        Control(each, tuple(sorted(by_policy[each.number])), tuple(sorted(by_rule[each.number])))
        for each in sorted(requirements, key=lambda each: each.order)
    ]


def _by_requirement(named: Iterable[tuple[str, Sequence[str]]]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name, numbers in named:
        for number in numbers:
            found[number].append(name)
    return found
