"""What payments and refunds cost in a month, beside the fixed part."""

from collections.abc import Iterator, Mapping

from engine import Graph
from ops.cost.fixed import TRAIL, gigabytes
from ops.cost.lines import Line
from ops.cost.prices import Prices, Usage
from ops.cost.trail import invocations_recorded, tables_recorded

GIGABYTE = 1e9


def variable(graph: Graph, prices: Prices, usage: Usage, payments: int, refunds: int) -> list[Line]:
    """Lines in dollars, for so many a month, each a request of its own.

    Reads and lists are left out: how many there are is the integrators' affair.
    """
    counts = {"payment": payments, "refund": refunds}
    requests = payments + refunds
    return [
        *_requests(graph, prices, usage, requests),
        *_functions(graph, prices, usage, counts),
        *_tables(graph, prices, usage, counts),
        *_traffic(graph, prices, usage, requests),
        *_events(graph, prices, usage, counts),
    ]


def _requests(graph: Graph, prices: Prices, usage: Usage, requests: int) -> Iterator[Line]:
    yield Line("API Gateway", f"{requests:,} requests", requests * prices["api_request"])
    if graph.of_type("aws:wafv2/webAcl:WebAcl"):
        yield Line("WAF", f"{requests:,} requests", requests * prices["waf_request"])
    traced = requests * usage["assumed"]["traced_share"]
    yield Line("X-Ray", f"{traced:,.0f} traces", traced * prices["trace"])
    logged = requests * usage["bytes"]["log_of_request"] / GIGABYTE
    yield Line("CloudWatch", f"{logged:.1f} GB of logs", logged * prices["log_gb"])


def _functions(graph: Graph, prices: Prices, usage: Usage, counts: Mapping[str, int]) -> Iterator[Line]:
    memory, assumed = gigabytes(graph), usage["assumed"]
    asked = sum(counts.values()) / assumed["payments_of_an_authorizer_call"]
    spent = {
        "payments": (counts["payment"], assumed["payment_ms"]),
        "refunds": (counts["refund"], assumed["refund_ms"]),
        "projector": (sum(counts.values()), assumed["projector_ms_of_payment"]),
        "authorizer": (asked, assumed["authorizer_ms"]),
    }
    for function, (invoked, milliseconds) in spent.items():
        # The projector gets batches: an invocation of its own for each payment would be the worst of cases.
        seconds = invoked * milliseconds / 1000 * memory[function]
        usd = seconds * prices["lambda_gb_second"] + invoked * prices["lambda_request"]
        yield Line("Lambda", f"{function}, {milliseconds:.0f} ms each (assumed)", usd, "function_memory_mb")


def _tables(graph: Graph, prices: Prices, usage: Usage, counts: Mapping[str, int]) -> Iterator[Line]:
    def used(what: str) -> float:
        return sum(count * usage[name][what] for name, count in counts.items())

    usd = used("write_units") * prices["write_unit"] + used("read_units") * prices["read_unit"]
    yield Line("DynamoDB", "payments and their tokens", usd, "capacity.tables")
    usd = used("projected_write_units") * prices["write_unit"]
    yield Line("DynamoDB", "audit records of them", usd, "capacity.tables")


def _traffic(graph: Graph, prices: Prices, usage: Usage, requests: int) -> Iterator[Line]:
    sent = requests * usage["bytes"]["to_the_processor"] / GIGABYTE
    yield Line("VPC", f"{sent:.1f} GB to the processor", sent * (prices["egress_gb"] + prices["nat_gb"]))
    if graph.of_type("aws:networkfirewall/firewall:Firewall"):
        usd = sent * prices["firewall_gb"]
        yield Line("Network Firewall", f"{sent:.1f} GB looked through", usd, "network.firewall")


def _events(graph: Graph, prices: Prices, usage: Usage, counts: Mapping[str, int]) -> Iterator[Line]:
    """Of the trail. Cards are in the vault, records on `audits`, and all else is on `payments`."""
    tables = tables_recorded(graph)
    events = sum(
        count * usage[name][what]
        for name, count in counts.items()
        for what, table in (("vault_calls", "vault"), ("projected_calls", "audits"))
        if table in tables
    )
    if "payments" in tables:
        events += sum(c * (usage[name]["calls"] - usage[name]["vault_calls"]) for name, c in counts.items())
    if invocations_recorded(graph):
        events += sum(counts.values()) * 2
    if events:
        yield Line("CloudTrail", f"{events:,.0f} events of data", events * prices["data_event"], TRAIL)
