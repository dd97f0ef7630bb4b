"""Worlds drawn from a seed: who does what, how slow and how faulty everything is, and who goes first."""

import random
from dataclasses import dataclass, field

from tests.cards import VISA
from tests.simulation.choices import NOTHING_FAILS, Choice, Fate, Schedule, Step, Switch
from tests.simulation.client import Client
from tests.simulation.flows import (
    AMOUNT,
    ASYNC,
    CAPTURES,
    PAYMENTS,
    READ,
    REFUNDS,
    VOID,
    Flow,
    Scene,
    Script,
    a_token,
    authorized,
    captured,
    said,
)
from tests.simulation.lags import Lags
from tests.simulation.processor import DECLINED_AMOUNT
from tests.simulation.run import Run, run
from tests.simulation.story import Story
from tests.simulation.world import START

MOST_TICKS = 400
"""Milliseconds that a call may take at most."""


@dataclass
class Drawn:
    """Makes choices by rates until `quiet_from` (milliseconds): then faults are over, and all must converge.

    `rates`: of every fate, of a step that has it. `made`: the choices, as a schedule.
    """

    random: random.Random
    rates: dict[Fate, float]
    switch_rate: float
    quiet_from: int
    made: Schedule = NOTHING_FAILS
    story: Story | None = None

    def choose(self, step: Step) -> Choice:
        choice = self._drawn(step)
        if self.story:
            self.story.chose(step, choice)
        return choice

    def _drawn(self, step: Step) -> Choice:
        draw = self.random.random()
        if step.others and draw < self.switch_rate:
            return self._made(step, Switch(self.random.choice(step.others)))
        if step.at >= self.quiet_from or not step.fates:
            return Fate.OK
        fate = self.random.choice(step.fates)
        if self.random.random() < self.rates[fate]:
            return self._made(step, fate)
        return Fate.OK

    def _made(self, step: Step, choice: Choice) -> Choice:
        self.made = self.made.but(step.number, choice)
        return choice


@dataclass(frozen=True)
class Swarm:
    """A seed's world and how it ended."""

    seed: int
    run: Run
    schedule: Schedule


@dataclass
class _Shopper:
    """What one client does, decided beforehand but for the ids."""

    random: random.Random
    merchant: str
    payments: list[str] = field(default_factory=list)

    def script(self, steps: int) -> Script:
        plan = [(self.random.random(), self.random.randint(1, 3), self._amount()) for _ in range(steps)]

        def follow(client: Client, scene: Scene) -> None:
            if scene.payment and client.merchant_id == "mer_one" and scene.payment not in self.payments:
                self.payments.append(scene.payment)
            for number, (what, key, amount) in enumerate(plan):
                self._do(client, scene, what, f"key-{key}", amount, number)

        return follow

    def _amount(self) -> int:
        return self.random.choice((AMOUNT, AMOUNT, 2_500, 6_000, DECLINED_AMOUNT))

    def _do(self, client: Client, scene: Scene, what: float, key: str, amount: int, number: int) -> None:
        if what < 0.35 or not self.payments:
            self._pay(client, scene, what, f"{key}-{amount}", amount)
            return
        payment = self.payments[number % len(self.payments)]
        if what < 0.55:
            client.post(CAPTURES, {"amount": amount, "final": what < 0.45}, key, id=payment)
        elif what < 0.65:
            client.post(VOID, None, key, id=payment)
        elif what < 0.95:
            prefer = ASYNC if what < 0.75 else None
            client.post(REFUNDS, {"amount": amount, "reason": key}, key, prefer=prefer, id=payment)
        else:
            client.get(READ, id=payment)

    def _pay(self, client: Client, scene: Scene, what: float, key: str, amount: int) -> None:
        by_card = what < 0.05 or client.merchant_id != "mer_one"
        method = (
            {"encrypted_card": client.encrypt(VISA, f"jti-{client.name}-{key}-{what}")}
            if by_card
            else {"token": scene.token}
        )
        body = {
            "amount": amount,
            "currency": "USD",
            "payment_method": method,
            "capture_method": "manual" if what < 0.25 else "automatic",
            "description": f"{client.merchant_id} {key}",
        }
        answer = client.post(PAYMENTS, body, key, prefer=ASYNC if 0.1 < what < 0.18 else None)
        if answer and answer.status in {201, 202}:
            self.payments.append(said(answer)["id"])


def swarm(seed: int, story: Story | None = None) -> Swarm:
    """The world of a seed, from its start to its rest. The same seed is the same execution.

    `story` hears of every step.
    """
    drawn = random.Random(seed)
    rates = {fate: drawn.choice((0.0, 0.0, 0.0, 0.02, 0.1, 0.4)) for fate in Fate}
    chooser = Drawn(drawn, rates, drawn.choice((0.0, 0.1, 0.4)), START + drawn.choice((60, 300)) * 1000)
    chooser.story = story
    flow = _flow(drawn)
    ended = run(flow, chooser, tick=drawn.choice((0, 3, 50, MOST_TICKS)), story=story)
    return Swarm(seed, ended, chooser.made)


def _flow(drawn: random.Random) -> Flow:
    others = (drawn.choice(("mer_one", "mer_one", "mer_two")) for _ in range(drawn.randint(0, 2)))
    merchants = ("mer_one", *sorted(others))
    shared: dict[str, list[str]] = {}
    shoppers = [_Shopper(drawn, each, shared.setdefault(each, [])) for each in merchants]
    scripts = tuple(each.script(drawn.randint(1, 5)) for each in shoppers)
    lags = Lags(books=drawn.choice((0, 1_000, 20_000)), index=drawn.choice((0, 1_500, 15_000)))
    return Flow("swarm", drawn.choice((a_token, captured, authorized)), scripts, merchants, lags)
