"""All that a world's future depends on, when no function is at work."""

from collections.abc import Sequence

from tests.simulation.auditor.auditor import Auditor
from tests.simulation.client import Client
from tests.simulation.platform import Platform


def digest(platform: Platform, auditor: Auditor, clients: Sequence[Client]) -> int:
    """Equal for worlds with the same future under the same choices (within one process).

    Stores and queues, the processor, what is on its way, where the clients and the auditor are, and the time.
    """
    table, queue, processor = platform.table, platform.queue, platform.processor
    parts = (
        platform.world.now,
        platform.world.waiting(),
        table.stored,
        table.withdrawn,
        table.on_the_way,
        [(id, changes) for id, changes in table.stream.items() if changes],
        {id: entries[-3:] for id, entries in table.due_index.items()},
        queue.waiting,
        queue.occasions,
        processor.effects,
        processor.saved,
        processor.verdicts,
        processor.on_the_way,
        processor.unanswered,
        list(platform.trail.recorded),
        [part for part in vars(platform.vault).values() if isinstance(part, dict)],
        platform.next_sweep,
        auditor.items.intents,
        list(auditor.answers.first),
        sorted(auditor.answers.refused),
        [client.progress for client in clients],
    )
    return hash(repr(parts))
