"""`tollgate reconcile`: our payments against the processor's own list."""

import json
import time
from collections.abc import Mapping
from typing import Annotated, Any

import typer
from rich.box import SIMPLE
from rich.table import Table

from onboarding.failure import Failure
from ops.options import DEFAULT_STATE_DIR, LOCAL, Stack, StateDir, open_stage
from ops.terminal import results, say, show
from tollgate.domain.day import Day, days_to_look_at

# What the schedule starts, too: the version that is in use.
ALIAS = "live"
Report = Mapping[str, Any]


def reconcile(
    day: Annotated[
        str,
        typer.Option(
            metavar="YYYY-MM-DD",
            help="The day to compare, in UTC.",
            show_default="the days that are compared by the clock: yesterday, 8 and 31 days ago",
        ),
    ] = "",
    stack: Stack = LOCAL,
    state_dir: StateDir = DEFAULT_STATE_DIR,
) -> None:
    """Compare payments with the processor's own list, now. Exit code 1 if anything differs.

    Whatever has been open for more than a day is looked at, too, of whichever day it is. Every difference is
    put on the merchant's audit trail, once. Amounts are in minor units.
    """
    days = [_day(day)] if day else list(days_to_look_at(time.time_ns() // 1_000_000))
    stage = open_stage(stack, state_dir)
    say("Reading the processor's list; this can take minutes …")
    reports: list[Report] = []
    for each in days:
        found = compared(stage.functions, stage.physical_name("reconciler"), each)
        reports += [found["days"][0], found["open"]]
        present(found["days"][0])
    present_open(reports[-1])
    if not agree(reports):
        raise typer.Exit(1)


def compared(functions: Any, name: str, day: Day) -> Report:
    """The function's answer for the whole day, in as many calls as it takes. Raises Failure if one fails."""
    found = invoked(functions, name, {"day": str(day)})
    while found["next"] is not None:
        more = invoked(functions, name, {"day": str(day), "from": found["next"]})
        found = {**more, "days": [joined(found["days"][0], more["days"][0])]}
    return found


def joined(one: Report, other: Report) -> Report:
    """One report of two parts of a day."""
    return {
        "day": one["day"],
        **{count: one[count] + other[count] for count in ("compared", "open")},
        **{
            list_: [*one[list_], *(each for each in other[list_] if each not in one[list_])]
            for list_ in ("differences", "unread")
        },
    }


def invoked(functions: Any, name: str, event: Mapping[str, Any]) -> Report:
    """What the function answers. Raises Failure if it fails."""
    answer = functions.invoke(FunctionName=name, Qualifier=ALIAS, Payload=json.dumps(event))
    payload: Report = json.loads(answer["Payload"].read())
    if "FunctionError" in answer:
        raise Failure(
            f"The function {name} failed: {payload.get('errorMessage', answer['FunctionError'])}",
            f"See its log group, /aws/lambda/{name}.",
        )
    return payload


def agree(reports: list[Report]) -> bool:
    """Whether all books were read, and nothing in them differs."""
    return not any(report["differences"] or report["unread"] for report in reports)


def present(report: Report) -> None:
    """One day's report: a sentence, and a table of what differs."""
    counted = f"{report['compared']} payments compared, {report['open']} still open"
    show(f"{report['day']}: {counted}, {len(report['differences'])} differences")
    _details(report)


def present_open(report: Report) -> None:
    """What has been open for more than a day."""
    show(f"Open for more than a day: {len(report['differences'])}")
    _details(report)


def _details(report: Report) -> None:
    differences, unread = report["differences"], report["unread"]
    for each in unread:
        show(f"  not read: account {each['account']}, terminal {each['terminal']}: {each['reason']}")
    if differences:
        results.print(_table(differences))


def _table(differences: list[Report]) -> Table:
    """Each id on a line of its own, so that none is cut on a narrow terminal."""
    amounts = "authorized / captured / refunded"
    table = Table("difference", "payment, merchant", amounts, box=SIMPLE, show_lines=True)
    table.columns[1].no_wrap = True
    for each in differences:
        resolved = "\nresolved" if each["resolved"] else ""
        reference = f" ({each['reference']})" if each["reference"] else ""
        table.add_row(
            each["kind"] + resolved,
            f"{each['payment_id'] or 'not ours'}\n{each['merchant_id']}",
            f"ours   {_amounts(each['ours'])}\nbooks  {_amounts(each['books'])}{reference}",
        )
    return table


def _amounts(amounts: Mapping[str, Any] | None) -> str:
    if amounts is None:
        return "none"
    return "{authorized} / {captured} / {refunded} {currency}".format(**amounts)


def _day(text: str) -> Day:
    try:
        return Day.of(text)
    except ValueError:
        raise typer.BadParameter(
            "write it as YYYY-MM-DD, for instance 2026-11-21", param_hint="--day"
        ) from None
