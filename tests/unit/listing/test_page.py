"""A page is bounded in what it reads, complete in what it finds, and goes on where it stopped."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tests.examples import NOW, merchant
from tollgate.domain.listing import Position, partitions, position
from tollgate.operations.page import CHUNK, Filter, Page, Span, newest_first, page_of, span

DAY = 86_400_000


@dataclass
class Index:
    """Entries by partition, and what was asked of them."""

    places: dict[str, list[Position]]
    visited: list[str] = field(default_factory=list)
    asked: list[int] = field(default_factory=list[int])
    loaded: int = 0

    def read(self, partition: str, below: str, above: str, limit: int) -> list[Position]:
        self.visited.append(partition)
        self.asked.append(limit)
        inside = [each for each in self.places.get(partition, []) if above <= each.key < below]
        return sorted(inside, key=lambda each: each.key, reverse=True)[:limit]

    def load(self, positions: Sequence[Position]) -> list[tuple[str, str]]:
        self.loaded += len(positions)
        return [(each.key, each.id) for each in positions]


def entries(count: int) -> list[Position]:
    """The rarest are the oldest."""
    found: list[Position] = []
    for number in range(count):
        kind = "rare" if number < 3 else "common"
        found.append(Position(f"id_{number}", position(NOW + number, f"id_{number}"), {"kind": kind}))
    return found


def whole(start: str | None = None) -> Span:
    return span(NOW + 10 * DAY, NOW, start)


def page(
    index: Index, limit: int, *, rare: bool = False, start: str | None = None, most: int = 200
) -> Page[str]:
    wanted: Filter[str] = Filter(index.load, lambda entry: not rare or entry.shown["kind"] == "rare", most)
    return page_of(newest_first(["one"], index.read, whole(start)), wanted, limit)


def test_pages_follow_one_another_without_gap_or_repetition() -> None:
    index = Index({"one": entries(137)})
    found: list[str] = []
    start = None
    for limit in (1, 20, 50, 7, 100):
        got = page(index, limit, start=start)
        found.extend(got.objects)
        start = got.next_key
    assert found == [f"id_{number}" for number in reversed(range(137))]
    assert start is None


def test_a_page_without_a_filter_reads_one_object_more_than_it_shows() -> None:
    index = Index({"one": entries(500)})
    assert len(page(index, 20).objects) == 20
    assert index.loaded == 21


def test_without_a_filter_no_more_entries_are_asked_for_than_a_page_can_show_and_one() -> None:
    index = Index({each: entries(500) for each in ("one", "two")})
    listed = newest_first(["one", "two"], index.read, whole(), at_first=21)
    got = page_of(listed, Filter(index.load, lambda _: True, 200), 20)
    assert len(got.objects) == 20
    assert index.asked == [21, 21]


def test_a_filter_that_the_entries_answer_reads_nothing_else() -> None:
    index = Index({"one": entries(1_000)})
    assert page(index, 20, rare=True, most=2_000).objects == ("id_2", "id_1", "id_0")
    assert index.loaded == 3


def test_a_filter_that_nothing_fits_takes_few_round_trips() -> None:
    index = Index({"one": entries(2_003)})
    assert page(index, 20, rare=True, most=2_000).objects == ()
    assert len(index.visited) <= 10


def test_a_page_that_has_looked_at_enough_says_where_to_go_on() -> None:
    index = Index({"one": entries(450)})
    pages = [page(index, 20, rare=True)]
    while pages[-1].next_key:
        pages.append(page(index, 20, rare=True, start=pages[-1].next_key))
    assert [len(each.objects) for each in pages] == [0, 0, 3]
    assert len(index.visited) <= 450 // CHUNK + 2 * len(pages)


def test_a_quiet_merchants_first_page_takes_one_look_at_each_shard() -> None:
    """However long ago its payments were."""
    old = replace(merchant(), created_at=0, shards=(("1970-01", 16),))
    index = Index({partitions(old)[3]: [Position("id_first", position(DAY, "id_first"))]})
    wanted: Filter[str] = Filter(index.load, lambda _: True, 200)
    got = page_of(newest_first(partitions(old), index.read, span(NOW, 0)), wanted, 20)
    assert (got.objects, got.next_key) == (("id_first",), None)
    assert len(index.visited) == 16
