"""What becomes of a load is a rule, and the same each time."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.capacity.ceilings import CLIENT, MERCHANT, STAGE, ceilings
from ops.capacity.limits import Limits
from ops.capacity.quotas import quotas
from ops.capacity.shapes import OUTAGE, QUIET, SPIKE, TIMES, Shape, shapes
from ops.capacity.simulation import CONCURRENCY, GATEWAY, PROJECTOR, TABLE, WORKER, Fate, run
from ops.cost.prices import usage

AMPLE = Limits(
    gateway_rate=10_000,
    gateway_burst=10_000,
    plan_rate=500,
    environments={"payments": 10_000, "authorizer": 1_000, "projector": 1_000},
    reserved={"payments": True, "authorizer": True},
    warm={"payments": 10_000},
    writes={"payments": 40_000, "audits": 40_000},
    reads={"vault": 40_000},
    writes_at_once={"payments": 40_000, "audits": 40_000},
    workers=10,
    projector_slots=1_000,
    high_throughput_queue=True,
    gateways=3,
)
TAKES = usage()["assumed"]["payment_ms"] / 1000


def play(shape: Shape, **changed: object) -> Fate:
    return run(shape, replace(AMPLE, **changed), quotas(), usage())


def test_a_steady_load_below_every_ceiling_is_answered() -> None:
    steady, _, _ = shapes(100)
    fate = play(steady)
    assert (fate.answered, fate.refused, fate.failed, fate.first) == (100 * 5 * QUIET, 0, 0, None)


def test_what_the_bucket_does_not_hold_is_refused_and_the_burst_is_let_in_once() -> None:
    _, spike, _ = shapes(100)
    fate = play(spike, gateway_rate=1_000, gateway_burst=1_500)
    # Full at the first second of the spike, which brings 2,000; from then on the rate.
    assert fate.refused == pytest.approx(TIMES * 100 * SPIKE - 1_500 - 1_000 * (SPIKE - 1))
    assert fate.first == (QUIET, GATEWAY)


def test_a_spike_waits_for_no_environment_that_lambda_starts_too_slowly() -> None:
    _, spike, _ = shapes(500)
    fate = play(spike, warm={}, gateway_rate=20_000, gateway_burst=20_000, writes={"payments": 40_000})
    assert fate.first == (QUIET, CONCURRENCY)
    carried = [500 * TAKES + quotas()["function_ramp"] * (second + 1) for second in range(SPIKE)]
    expected = sum(max(0.0, 500 * TIMES - count / TAKES) for count in carried)
    assert fate.failed == pytest.approx(expected)


def test_what_a_table_does_not_take_fails() -> None:
    steady, _, _ = shapes(100)
    fate = play(steady, writes={"payments": 100})
    assert fate.first == (0, TABLE)
    assert fate.answered == pytest.approx(50 * 5 * QUIET)
    assert fate.failed == pytest.approx(50 * 5 * QUIET)


def test_while_the_processor_is_silent_outcomes_are_unsure_and_the_worker_settles_them() -> None:
    _, _, outage = shapes(100)
    fate = play(outage)
    assert fate.unsure == pytest.approx(100 * OUTAGE)
    assert fate.unsure_at_most == pytest.approx(100 * OUTAGE)
    settled = 10 / TAKES * 2 * QUIET
    assert fate.settled_after == pytest.approx((100 * OUTAGE - settled) / (10 / TAKES))
    assert fate.first == (QUIET, WORKER)


def test_requests_that_wait_for_a_silent_processor_hold_every_environment() -> None:
    _, _, outage = shapes(100)
    fate = play(outage, environments={**AMPLE.environments, "payments": 120.0}, warm={"payments": 120})
    # 120 environments of 12 seconds carry 10 a second.
    assert fate.unsure == pytest.approx(10 * OUTAGE)
    assert fate.failed == pytest.approx(90 * OUTAGE)


def test_records_that_come_faster_than_they_are_written_come_late() -> None:
    steady, _, _ = shapes(1_000)
    fate = play(steady, projector_slots=1)
    assert fate.behind_at_most > 0
    assert fate.recorded_after > 0
    assert fate.first == (0, PROJECTOR)
    assert fate.answered == 1_000 * 5 * QUIET


@given(
    arrivals=st.lists(st.floats(0, 20_000), min_size=1, max_size=60),
    environments=st.floats(1, 5_000),
    writes=st.floats(1, 40_000),
    rate=st.floats(1, 10_000),
)
def test_each_payment_has_one_fate(
    arrivals: list[float], environments: float, writes: float, rate: float
) -> None:
    answering = [number % 3 > 0 for number in range(len(arrivals))]
    fate = play(
        Shape("any", arrivals, answering),
        environments={**AMPLE.environments, "payments": environments},
        warm={},
        writes={"payments": writes},
        gateway_rate=rate,
        gateway_burst=rate,
    )
    assert fate.answered + fate.refused + fate.failed + fate.unsure == pytest.approx(sum(arrivals), abs=1e-3)


def test_ceilings_are_sorted_and_say_what_raises_them_and_what_is_seen() -> None:
    found = ceilings(AMPLE, quotas(), usage())
    assert [each.rate for each in found] == sorted(each.rate for each in found)
    assert all(each.what and each.stands and each.lift and each.seen for each in found)
    assert {each.whose for each in found} == {STAGE, CLIENT, MERCHANT}
    services = ("API Gateway", "Lambda", "DynamoDB", "SQS", "KMS", "Secrets Manager", "NAT", "Data Firehose")
    assert [name for name in services if not any(each.what.startswith(name) for each in found)] == []


def test_every_quota_has_a_source() -> None:
    assert all(each.source and each.value > 0 for each in quotas().quota.values())
    assert "nat_connections" in quotas().unchecked
