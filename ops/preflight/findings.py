"""Needs compared with what an account grants."""

from collections.abc import Iterable
from dataclasses import dataclass

from ops.preflight.needs import Need
from ops.preflight.quotas import Account


@dataclass(frozen=True)
class Finding:
    """`granted` is None where AWS doesn't tell."""

    need: Need
    granted: float | None

    @property
    def short(self) -> bool:
        """Whether the account grants less than the stack needs."""
        return self.granted is not None and self.granted < self.need.at_least


def compare(needs: Iterable[Need], account: Account) -> list[Finding]:
    """Each need with what the account grants, in the given order."""
    return [Finding(need, account.granted(need.quota)) for need in needs]


def increase(need: Need, region: str) -> str:
    """What to do about a quota that is too small: the command that asks AWS for more, where it gives more."""
    quota = need.quota
    if not quota.adjustable:
        return f"# {quota.service}, {quota.name}: AWS doesn't raise it. Lower {need.reason}."
    return (
        f"aws service-quotas request-service-quota-increase --region {region} "
        f"--service-code {quota.service} --quota-code {quota.code} --desired-value {need.at_least}"
    )
