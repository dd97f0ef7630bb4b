"""Whether functions run in their subnets with the rights that they have there."""

from __future__ import annotations

from ops.first_day.bench import Bench, BrokenError
from ops.first_day.trial import trial
from ops.verification.check import UnclearError

FUNCTION = "aws:lambda/function:Function"


@trial(
    "lambda:GetFunctionConfiguration",
    shows="Lambda can make every function's network interfaces with rights that name subnets and groups",
    open_until="AWS's own policy allows them on any resource; Lambda tries them out as it makes a function",
    otherwise="StateReason names what is missing: infra/network/statements.py.",
)
def functions_are_in_their_network(bench: Bench) -> str:
    names = [node.inputs["name"] for node in bench.account.graph.of_type(FUNCTION)]
    waiting: list[str] = []
    for name in names:
        live = bench.ask("lambda", "GetFunctionConfiguration", FunctionName=name)
        for state, reason in (("State", "StateReason"), ("LastUpdateStatus", "LastUpdateStatusReason")):
            if live[state] == "Failed":
                raise BrokenError(f"{name}: {live.get(reason, live[state])}")
            if live[state] not in ("Active", "Successful"):
                waiting.append(f"{name} is {live[state]}")
    if waiting:
        raise UnclearError("; ".join(waiting))
    return f"{len(names)} are active"


@trial(
    "cloudwatch:GetMetricStatistics",
    shows="A function reaches DynamoDB, KMS and its log through the network's endpoints",
    open_until="private DNS, endpoint policies and key policies meet on AWS only",
    otherwise="`message` = `failed` in the sweeper's log group; infra/network/endpoints.py.",
)
def the_sweeper_sweeps(bench: Bench) -> str:
    name = {"FunctionName": bench.account.graph.one(FUNCTION, "sweeper").inputs["name"]}
    if errors := bench.sum("AWS/Lambda", "Errors", name):
        raise BrokenError(f"{errors:.0f} of its runs failed in two hours")
    runs = bench.sum("AWS/Lambda", "Invocations", name)
    if not runs:
        raise UnclearError("it hasn't run in two hours")
    return f"{runs:.0f} runs, none failed"


TRIALS = (functions_are_in_their_network, the_sweeper_sweeps)
