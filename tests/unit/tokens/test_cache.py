"""What a warm function remembers."""

from tests.fakes.clock import FakeClock
from tollgate.adapters.cache import BoundedCache


class Source:
    """Gives what it is told to, and counts."""

    def __init__(self, value: str | None) -> None:
        self.value = value
        self.loads = 0

    def __call__(self) -> str | None:
        self.loads += 1
        return self.value


def test_a_value_is_loaded_again_when_it_is_too_old() -> None:
    clock, source = FakeClock(), Source("a")
    cache: BoundedCache[str] = BoundedCache(clock, size=2, max_age=10)
    assert [cache.get("key", source) for _ in range(3)] == ["a"] * 3
    clock.advance(9)
    cache.get("key", source)
    assert source.loads == 1
    clock.advance(1)
    cache.get("key", source)
    assert source.loads == 2


def test_the_least_recently_used_leaves_first() -> None:
    cache: BoundedCache[str] = BoundedCache(FakeClock(), size=2, max_age=10)
    sources = {key: Source(key) for key in "abc"}
    for key in "abac":
        cache.get(key, sources[key])
    for key in "ac":
        cache.get(key, sources[key])
    assert {key: source.loads for key, source in sources.items()} == {"a": 1, "b": 1, "c": 1}
    cache.get("b", sources["b"])
    assert sources["b"].loads == 2


def test_nothing_is_not_remembered() -> None:
    source = Source(None)
    cache: BoundedCache[str] = BoundedCache(FakeClock(), size=2, max_age=10)
    assert cache.get("key", source) is None
    source.value = "a"
    assert cache.get("key", source) == "a"


def test_what_is_forgotten_is_loaded_again() -> None:
    source = Source("a")
    cache: BoundedCache[str] = BoundedCache(FakeClock(), size=2, max_age=10)
    cache.get("key", source)
    cache.forget("key")
    cache.forget("other")
    cache.get("key", source)
    assert source.loads == 2
