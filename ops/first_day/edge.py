"""Whether the API is asked by its own name only, and lets honest questions through."""

from __future__ import annotations

from ops.first_day.bench import Bench, BrokenError
from ops.first_day.trial import trial

API = "aws:apigateway/restApi:RestApi"
# Honest, and what AWS's rule groups look for: SQL's comment, an address, a quote.
REFERENCES = ("order--1042", "https://shop.example/orders/1", "O%27Neill%20and%20Sons")


@trial(
    "apigateway:GetRestApis",
    shows="The firewall lets lists by ordinary references through",
    open_until="what AWS's rule groups match is known to AWS alone",
    otherwise="The firewall's log names the rule: except it in infra/firewall/managed.py, with the reason.",
)
def honest_questions_pass_the_firewall(bench: Bench) -> str:
    api = bench.account.graph.exports["api_url"] if _own_name(bench) else _aws_name(bench)
    for reference in REFERENCES:
        status = bench.get(f"{api}/v1/payments?reference={reference}")
        if status != 401:
            raise BrokenError(f"`reference={reference}` without a token is {status}, not 401")
    return f"{len(REFERENCES)} references got as far as the authorizer"


@trial(
    "apigateway:GetRestApis",
    shows="With a name of its own the API doesn't answer under AWS's, past client certificates",
    open_until="switching AWS's name off has effect with the next deployment only",
    otherwise="`pulumi up` makes a new deployment when infra/gateway_document.py's digest changes.",
)
def only_its_own_name_answers(bench: Bench) -> str | None:
    if not _own_name(bench):
        return None
    status = bench.get(f"{_aws_name(bench)}/health")
    if status != 403:
        raise BrokenError(f"{_aws_name(bench)} answers {status}")
    return f"{_aws_name(bench)} is closed"


def _own_name(bench: Bench) -> bool:
    return bool(bench.account.graph.one(API, "api").inputs.get("disableExecuteApiEndpoint"))


def _aws_name(bench: Bench) -> str:
    name = bench.account.graph.one(API, "api").inputs["name"]
    listed = bench.every("apigateway", "GetRestApis", "items")
    (found,) = [each["id"] for each in listed if each["name"] == name]
    stage = bench.account.graph.exports["stage"]
    return f"https://{found}.execute-api.{bench.account.region}.amazonaws.com/{stage}"


TRIALS = (honest_questions_pass_the_firewall, only_its_own_name_answers)
