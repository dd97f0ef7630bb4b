"""The simulation itself: what it promises to those who read its results."""

import pytest

from tests.simulation.actors import Actor, Crash
from tests.simulation.choices import NOTHING_FAILS, READ, WRITE, Fate, Schedule, Switch
from tests.simulation.explore import Exploration
from tests.simulation.flows import FLOWS
from tests.simulation.ports import Unavailable, take_step
from tests.simulation.run import Scripted, by_name, run
from tests.simulation.world import START, Violation, World


def world(schedule: str = "") -> World:
    return World(Scripted(Schedule.parse(schedule)), START + 60_000, tick=1)


def test_a_schedule_is_read_as_it_is_written() -> None:
    text = "3=lose_answer,12=>worker-2"
    schedule = Schedule.parse(text)
    assert schedule.deviations == {3: Fate.LOSE_ANSWER, 12: Switch("worker-2")}
    assert str(schedule) == text


def test_a_word_that_is_no_fate_is_refused() -> None:
    with pytest.raises(ValueError, match="explode"):
        Schedule.parse("3=explode")


@pytest.mark.parametrize(
    ("fate", "effects", "ends"),
    [
        ("fail", 0, Unavailable),
        ("lose_answer", 1, Unavailable),
        ("twice", 2, None),
        ("crash", 0, Crash),
        ("crash_after", 1, Crash),
    ],
)
def test_a_write_has_the_effects_that_its_fate_says(
    fate: str, effects: int, ends: type[BaseException] | None
) -> None:
    here, done, ended = world(f"1={fate}"), [], []

    def write() -> None:
        try:
            take_step(here, "payments.save", WRITE, lambda: done.append(1))
        except (Unavailable, Crash) as failure:
            ended.append(type(failure))

    here.add(Actor("writer", write))
    here.run()
    assert (len(done), ended) == (effects, [ends] if ends else [])


def test_actors_change_turns_where_the_schedule_says() -> None:
    here, order = world("2=>two,4=>one"), []

    def steps(name: str) -> None:
        for _ in range(2):
            here.step("payments.find", READ)
            order.append(name)

    for name in ("one", "two"):
        here.add(Actor(name, lambda name=name: steps(name)))
    here.run()
    assert order == ["one", "two", "one", "two"]


def test_a_function_dies_when_its_time_is_up() -> None:
    here, reached = world(), []

    def sleeps_too_long() -> None:
        here.sleep(11_000)
        reached.append("the end")

    here.add(Actor("function", lambda: here.invoke(10, sleeps_too_long)))
    here.run()
    assert reached == []


def test_a_world_that_never_rests_is_a_violation() -> None:
    here = world()

    def forever() -> None:
        while True:
            here.step("payments.find", READ)
            here.sleep(1_000)

    here.add(Actor("restless", forever))
    with pytest.raises(Violation, match="converges"):
        here.run()


def test_the_same_schedule_is_the_same_execution() -> None:
    flow = by_name(FLOWS)["capture-against-void"]
    schedule = Schedule.parse("2=>client-2,5=lose_answer")
    first, second = Scripted(schedule), Scripted(schedule)
    assert run(flow, first) == run(flow, second)
    assert first.offered == second.offered


def test_every_single_deviation_is_explored() -> None:
    flow = by_name(FLOWS)["tokenize"]
    chooser = Scripted(NOTHING_FAILS)
    run(flow, chooser)
    explored = list(Exploration(flow, depth=1))
    assert len(explored) == 1 + sum(len(step.alternatives) for step in chooser.offered)
