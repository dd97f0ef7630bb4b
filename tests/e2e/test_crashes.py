"""Functions that are killed while the processor is at work for them. What becomes of it: `test_books.py`."""

from tests.e2e.crashes import AFTER_EFFECT
from tests.e2e.matrix.laptop import Laptop
from tests.e2e.matrix.striking import Struck
from tests.e2e.processor import Processor


def test_a_killed_function_leaves_an_open_operation_whatever_the_processor_did(
    laptop: Laptop, simulator: Processor, crashed: list[Struck]
) -> None:
    for each in crashed:
        flow, ((held, _),) = each.case.flow, each.case.strikes
        assert laptop.due(each.payment_id), each
        effects = [kind for kind, _ in simulator.effects({"id": each.payment_id})]
        before = [flow.before] if flow.before else []
        assert effects == before + ([flow.effect[0]] if held is AFTER_EFFECT else []), each
