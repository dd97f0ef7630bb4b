"""What a warm function remembers: bounded in number and in age."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

from tollgate.ports import Clock

Value = TypeVar("Value")


class BoundedCache(Generic[Value]):
    """At most `size` values of at most `max_age` milliseconds; the least recently used leaves first."""

    def __init__(self, clock: Clock, size: int, max_age: int) -> None:
        self._clock = clock
        self._size = size
        self._max_age = max_age
        self._entries: OrderedDict[str, tuple[int, Value]] = OrderedDict()

    def get(self, key: str, load: Callable[[], Value | None]) -> Value | None:
        """The value of `key`, loaded when absent or too old. A load that finds nothing isn't remembered."""
        now = self._clock.now()
        entry = self._entries.get(key)
        if entry and now - entry[0] < self._max_age:
            self._entries.move_to_end(key)
            return entry[1]
        self._entries.pop(key, None)
        value = load()
        if value is not None:
            self._entries[key] = (now, value)
            if len(self._entries) > self._size:
                self._entries.popitem(last=False)
        return value

    def forget(self, key: str) -> None:
        """Let the next `get` load the value anew."""
        self._entries.pop(key, None)
