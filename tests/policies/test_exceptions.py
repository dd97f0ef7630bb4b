"""Exceptions: a resource that a policy doesn't hold for, until a day."""

from datetime import date
from typing import Any

import pytest

from policies.pack import delivery, encryption
from policies.pack.aws import QUEUE, TABLE
from tests.policies.resources import UNKNOWN, resource, root
from tests.policies.running import run

EXPIRES = date(2026, 6, 30)
LAST_DAY, DAY_AFTER = date(2026, 6, 30), date(2026, 7, 1)


def _exception(pattern: str) -> dict[str, Any]:
    return {
        "exceptions": [
            {"resource": pattern, "reason": "it moves", "owner": "payments", "expires": str(EXPIRES)}
        ]
    }


SINGLE = (encryption.table_uses_customer_key, TABLE)
RELATIONAL = (delivery.queue_has_dead_letter_queue, QUEUE)
both = pytest.mark.parametrize(("policy", "kind"), [SINGLE, RELATIONAL], ids=["single", "relational"])


@both
def test_it_excuses_its_resource_until_the_end_of_its_day(policy: Any, kind: str) -> None:
    outcome = run(policy, [root(), resource(kind, "old")], _exception("urn:*::old"), LAST_DAY)
    assert outcome.violations == []


@both
def test_it_excuses_no_other_resource(policy: Any, kind: str) -> None:
    resources = [root(), resource(kind, "old"), resource(kind, "new")]
    outcome = run(policy, resources, _exception("urn:*::old"), LAST_DAY)
    assert [urn.rpartition("::")[2] for urn, _ in outcome.violations] == ["new"]


@both
def test_an_expired_one_excuses_nothing_and_is_a_violation_itself(policy: Any, kind: str) -> None:
    outcome = run(policy, [root(), resource(kind, "old")], _exception("urn:*::old"), DAY_AFTER)
    messages = [message for _, message in outcome.violations]
    assert len(messages) == 2
    assert "expired on 2026-06-30 (owner: payments, reason: it moves)" in messages[0]


@both
def test_an_expired_one_is_a_violation_though_its_resource_has_gone(policy: Any, kind: str) -> None:
    outcome = run(policy, [root()], _exception("urn:*::gone"), DAY_AFTER)
    assert len(outcome.violations) == 1


@both
def test_what_is_excused_need_not_be_known(policy: Any, kind: str) -> None:
    hidden = resource(kind, "old", serverSideEncryption=UNKNOWN, redrivePolicy=UNKNOWN)
    assert not run(policy, [root(), hidden], _exception("*"), LAST_DAY).skipped
    assert run(policy, [root(), hidden], {}, LAST_DAY).skipped
