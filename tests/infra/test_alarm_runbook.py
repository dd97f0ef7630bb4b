"""Whoever is told of an alarm finds what to do."""

import re

from engine import Graph
from infra.observability.alarms import PAYMENTS_DOWN
from tests.infra.graphs import ROOT
from tests.infra.watching import COMPOSITE, alarms

PAGE = ROOT / "docs" / "runbook" / "alarms.md"
# Whoever is called at night opens an address.
WHERE = "https://github.com/example/tollgate/blob/main/docs/runbook/alarms.md"


def test_every_alarm_has_its_section_in_the_runbook_and_every_section_its_alarm(graph: Graph) -> None:
    sections = set(re.findall(r"^### (\S+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    meant: set[str] = set()
    for node in (*alarms(graph).values(), *graph.of_type(COMPOSITE)):
        found = re.fullmatch(
            rf".+\. Runbook: {re.escape(WHERE)}#([a-z-]+)",
            node.inputs["alarmDescription"],
        )
        assert found, node.name
        meant.add(found[1])
    assert meant == sections


def test_what_the_runbook_names_in_its_text_is_an_alarm_or_a_section(graph: Graph) -> None:
    text = PAGE.read_text(encoding="utf-8")
    known = {*alarms(graph), PAYMENTS_DOWN.name, *re.findall(r"^### (\S+)$", text, re.MULTILINE)}
    suffixes = ("-failing", "-errors", "-throttled", "-slow", "-timeouts", "-denials", "-high", "-blocks")
    named = {word for word in re.findall(r"`([a-z]+(?:-[a-z]+)+)`", text) if word.endswith(suffixes)}
    assert named <= known
