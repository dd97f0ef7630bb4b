"""Cursors that can be read, for tests."""

import json


class FakeCursors:
    """The `Cursors` port."""

    def seal(self, position: str, binding: str) -> str:
        return json.dumps([position, binding])

    def open(self, cursor: str, binding: str) -> str | None:
        try:
            position, sealed_for = json.loads(cursor)
        except ValueError:
            return None
        return position if sealed_for == binding else None
