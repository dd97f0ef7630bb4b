"""docs/capacity.md: a stage's ceilings, and loads played against them."""

from collections.abc import Sequence

from ops.capacity.ceilings import Ceiling
from ops.capacity.quotas import Quotas
from ops.capacity.simulation import Fate
from ops.capacity.text import in_words

HEAD = """# What a stage takes

`tollgate capacity --stack prod --tps N` reads every ceiling on a payment's way from the stack's program,
[what a payment uses](performance.md) and [AWS's default quotas](../ops/capacity/quotas.toml) ({as_of}); no
AWS account is asked. `make docs` writes this page. A payment waits for the processor
[for an assumed time](../ops/cost/usage.toml): with another one, what Lambda carries changes in proportion.

"""
TAIL = """
The load is played second by second against the gateway's bucket, Lambda's environments (100 more a second
at most), the table's writes, the projector and the worker: the same numbers each time. A payment that the
processor doesn't answer in time isn't lost: the caller gets 202 or 504, the same request again has the same
outcome, and the worker finds out ([money safety](money-safety.md)). An account can have less than AWS's
defaults: `tollgate preflight` asks it. That API Gateway says 500 for a throttled function is remembered, and
not tried.
"""


def page(stack: str, rate: float, ceilings: Sequence[Ceiling], fates: Sequence[Fate], quotas: Quotas) -> str:
    """docs/capacity.md."""
    return HEAD.format(as_of=quotas.as_of) + "\n".join(
        [
            f"## {stack}: the ceilings, the lowest first",
            "",
            "| Payments a second | For | What | Stands at | Raised by | Beyond it |",
            "|--:|---|---|---|---|---|",
            *(_row(each) for each in ceilings),
            "",
            f"## {stack} at {rate:,.0f} payments a second",
            "",
            "| Load | Answered | 429 | 500 | Unsure at first | All sure after | What gives way first |",
            "|---|--:|--:|--:|--:|--:|---|",
            *map(_fate_row, fates),
            TAIL,
        ]
    )


def _row(each: Ceiling) -> str:
    lift = each.lift if " " in each.lift else f"`{each.lift}`"
    return f"| {each.rate:,.0f} | {each.whose} | {each.what} | {each.stands} | {lift} | {each.seen} |"


def _fate_row(fate: Fate) -> str:
    first = f"{fate.first[1]}, second {fate.first[0]}" if fate.first else "nothing"
    counts = f"{fate.answered:,.0f} | {fate.refused:,.0f} | {fate.failed:,.0f} | {fate.unsure:,.0f}"
    settled = in_words(fate.settled_after) if fate.unsure else "-"
    return f"| {fate.shape} | {counts} | {settled} | {first} |"
