"""Measures as a table for people, and as docs/performance.md."""

from collections.abc import Iterator, Mapping, Sequence

from bench.cpu import Spread
from bench.measures import Measures

HEADING = """# Performance

What requests cost beside two other designs, counted: `make bench` writes this page, and fails where a number
is above its limit in [bench/limits.toml](../bench/limits.toml). The tests hold calls, units and bytes to the
same limits. No time is a gate: counts are the same on every machine.

- *article* is the design of a typical article on serverless payments, built as such articles show it
  ([bench/article](../bench/article/payments.py)): secrets read and a card decrypted by KMS for each request,
  boto3's resources, Powertools' router with validation and its idempotency table, an audit table, a FIFO
  queue. It isn't safe: what fails between two of its writes is lost.
- *floor* is the least that keeps a payment safe ([bench/floor](../bench/floor/payments.py)): one write before
  the processor and one after it, signed by hand, no SDK, nothing retried and nothing on record.
"""
COUNTS = """## Calls, units and bytes

Of a warm request, the processor's call not counted. Units include indexes; a refused condition costs one.
Bytes are of the largest item that is written. A payment's records on the audit trail are made after it, from
the table's stream. The floor's payment takes two calls and two write units.
"""
INSTRUCTIONS = """## Instructions

Counted by callgrind, in the package that Lambda would have, for this machine's processor and CPython 3.13.
AWS is an endpoint that gives recorded answers over HTTP without TLS, the processor the simulator. A start is
the import of the function and all that it makes before its first request. Requests are warm, their calls over
HTTP included; the article's payment has its authorizer's part in it, which isn't kept there.
`python -m bench --cpu 9` adds CPU seconds, side by side. These have no limits yet.
"""
ABSENT = "No instructions were counted in this run.\n"


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A Markdown table, numbers to the right."""
    yield f"| {' | '.join(headings)} |"
    yield f"|---|{'--:|' * (len(headings) - 1)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def page(measures: Measures) -> str:
    lines = [HEADING, COUNTS, *_counts(measures), "", INSTRUCTIONS, *_instructions(measures)]
    return "\n".join(lines) + "\n"


def report(measures: Measures, spreads: Mapping[str, Spread]) -> str:
    """The tables alone, and the ratios of CPU seconds where they were asked for."""
    lines = [*_counts(measures), "", *_instructions(measures)]
    if spreads:
        rows = [
            (name, f"{one.median:.2f}", f"{one.least:.2f}-{one.most:.2f}") for name, one in spreads.items()
        ]
        lines += ["", *table(("CPU, ratio to the article's", "median", "spread"), rows)]
    return "\n".join(lines)


def _counts(measures: Measures) -> Iterator[str]:
    rows = [
        (
            name,
            str(len(cost.calls)),
            f"{sum(cost.write_units.values())}",
            f"{cost.read_units:g}",
            str(max(cost.largest.values(), default=0)),
        )
        for name, cost in measures.costs.items()
    ]
    return table(("Request", "AWS calls", "Write units", "Read units", "Largest item"), rows)


def _instructions(measures: Measures) -> Iterator[str]:
    if not measures.instructions:
        yield ABSENT
        return
    ratios = measures.ratios
    rows = [
        (name, f"{number / 1e6:,.1f}", f"{ratios[name]:.3f}" if name in ratios else "")
        for name, number in measures.instructions.items()
    ]
    yield from table(("Measure", "Million instructions", "Ratio to the article's"), rows)
    yield ""
    yield f"A list of 20 takes {ratios['list of 20, to a payment']:.2f} times the instructions of a payment."
