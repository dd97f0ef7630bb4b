"""How IAM compares: the one place where what a policy document says meets the name of something.

Actions know no case. `*` stands for any text and `?` for one character; nothing else is special, and `**`
says no more than `*` does.
"""

import re
from collections.abc import Iterable
from functools import cache

REFERENCE = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html"
WILDCARDS = {"*": ".*", "?": "."}
ACCOUNT_ROOT = re.compile(r"arn:aws[a-z-]*:iam::(\d{12}):root")
ARN_FIELDS = 6


def action_matches(pattern: str, action: str) -> bool:
    """Whether an action, `service:Verb`, is one of the pattern's."""
    return bool(_compiled(pattern.lower()).fullmatch(action.lower()))


def any_action_matches(patterns: Iterable[str], actions: Iterable[str]) -> bool:
    """Whether one of the actions is one of a pattern's."""
    asked = list(actions)
    return any(action_matches(pattern, action) for pattern in patterns for action in asked)


def resource_matches(pattern: str, arn: str) -> bool:
    """Whether a resource is one of the pattern's."""
    return bool(_compiled(pattern).fullmatch(arn))


def is_pattern(text: str) -> bool:
    """Whether it may stand for several."""
    return "*" in text or "?" in text


def is_everything(text: str) -> bool:
    """Whether it names nothing at all."""
    return bool(text) and not text.strip("*?")


def names_something(value: str) -> bool:
    """Whether a condition's value is a text of somebody's: an ARN of an account or of a named resource."""
    fields = value.split(":", ARN_FIELDS - 1)
    if fields[0] != "arn" or len(fields) < ARN_FIELDS:
        return not is_everything(value)
    account, named = fields[4], fields[5]
    return not is_pattern(account) if account else not is_pattern(named.partition("/")[0])


def account_or_principal(principal: str) -> str:
    """A principal in one spelling: an account's number says the same as the ARN of its root."""
    found = ACCOUNT_ROOT.fullmatch(principal)
    return found[1] if found else principal


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile("".join(WILDCARDS.get(each, re.escape(each)) for each in pattern), re.DOTALL)
