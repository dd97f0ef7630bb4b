"""Ports whose every call is a step."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any

from botocore.exceptions import ClientError

from tests.simulation.actors import Actor, Crash
from tests.simulation.choices import READ, WRITE, Fate
from tests.simulation.world import World

WRITES = {
    "vault": {"add", "delete", "use_once"},
    "trail": {"record"},
    "queue": {"send", "send_many"},
    "sessions": {"add"},
}


ALL_TRIES = 12_000
"""Milliseconds that boto3 tries (`tollgate.adapters.aws`): three times, one to connect and three to read."""

COMES_AFTER = 25_000
"""Milliseconds until a first copy arrives, unless the schedule has it come sooner: after the longest call."""

STEP_BY_THEMSELVES = {"payments": {"add", "save", "withdraw", "put_back"}}
"""Made of writes, each a step of its own."""


class Unavailable(ClientError):
    """What boto3 raises when AWS fails, throttles, or doesn't answer."""

    def __init__(self, call: str) -> None:
        super().__init__({"Error": {"Code": "InternalServerError", "Message": "simulated"}}, call)


class Stepped:
    """A port in front of `target`, which has the port's methods and never fails by itself.

    `unseen`: a call that the schedule needn't be asked about, since its failure is another's.
    """

    def __init__(
        self, name: str, target: Any, world: World, unseen: Mapping[str, Callable[..., bool]] | None = None
    ) -> None:
        self._name = name
        self._target = target
        self._world = world
        self._unseen = unseen or {}

    def __getattr__(self, method: str) -> Callable[..., Any]:
        act = getattr(self._target, method)
        if method in STEP_BY_THEMSELVES.get(self._name, ()):
            return act
        fates = WRITE if method in WRITES.get(self._name, ()) else READ
        unseen = self._unseen.get(method)
        call = f"{self._name}.{method}"

        def stepped(*arguments: Any) -> Any:
            if unseen and unseen(*arguments):
                return act(*arguments)
            return take_step(self._world, call, fates, partial(act, *arguments))

        self.__dict__[method] = stepped
        return stepped


def take_step(
    world: World,
    call: str,
    fates: tuple[Fate, ...],
    act: Callable[[], Any],
    on_the_way: list[str] | None = None,
) -> Any:
    """What a call of AWS comes to. Raises `Unavailable`, or `Crash` when the function dies of it.

    `on_the_way`: copies of writes that will arrive some time.
    """
    match world.step(call, fates):
        case Fate.FAIL:
            raise Unavailable(call)
        case Fate.LOSE_ANSWER:
            act()
            raise Unavailable(call)
        case Fate.CRASH:
            raise Crash
        case Fate.CRASH_AFTER:
            act()
            raise Crash
        case Fate.COMES_AGAIN:
            _once_more(world, call, act, on_the_way if on_the_way is not None else [])
            return act()
        case Fate.ANSWERED_LATE:
            done = act()
            world.sleep(ALL_TRIES)
            return done
        case Fate.TWICE:
            act()
            world.step(f"{call} again", ())
            return act()
        case _:
            return act()


def _once_more(world: World, call: str, act: Callable[[], Any], on_the_way: list[str]) -> None:
    """A copy arrives by itself in the end, or at any step before."""
    copy = f"{call} {getattr(act, 'args', ())!r}"
    on_the_way.append(copy)

    def arrives() -> None:
        on_the_way.remove(copy)
        with suppress(LookupError):
            act()

    world.add(Actor(f"copy-{world.steps}", arrives, world.now + COMES_AFTER, on_its_way=True))
