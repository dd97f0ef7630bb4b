"""DynamoDB stream records that survive a restart.

Closes a gap of ministack: it saves each stream reader's position but not the records, so after a restart as
many new records are skipped as were read before, and pending ones are lost.
"""

from __future__ import annotations

import copy
from typing import Any

from ministack.services import dynamodb

COLLECTIONS = ("_stream_records", "_stream_trimmed")
SEQUENCE = "_stream_seq_counter"


def install() -> None:
    get_state = dynamodb.get_state
    load_state = dynamodb.load_persisted_state

    def get_state_with_streams() -> dict[str, Any]:
        with dynamodb._stream_seq_lock:
            streams = {name: copy.deepcopy(getattr(dynamodb, name)) for name in COLLECTIONS}
            return {**get_state(), **streams, SEQUENCE: getattr(dynamodb, SEQUENCE)}

    def load_state_with_streams(state: dict[str, Any] | None) -> None:
        load_state(state)
        saved = state or {}
        for name in COLLECTIONS:
            if name in saved:
                getattr(dynamodb, name)._data.update(saved[name]._data)
        setattr(dynamodb, SEQUENCE, max(getattr(dynamodb, SEQUENCE), saved.get(SEQUENCE, 0)))

    dynamodb.get_state = get_state_with_streams
    dynamodb.load_persisted_state = load_state_with_streams
