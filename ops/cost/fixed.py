"""What a stage costs in a month in which nobody pays, counted from its resources."""

from collections.abc import Iterator, Mapping

from engine import Graph, Node
from ops.cost.lines import Line
from ops.cost.prices import Prices, Usage
from ops.cost.trail import tables_recorded

HOURS = 730
"""Of a month, as AWS reckons."""

SECONDS = HOURS * 3600
SWEEPS = HOURS * 60
TRAIL = "detection.record_functions"
SHARDS = 16
"""Partitions that each sweep asks (`tollgate.domain.listing.DUE_SHARDS`)."""


def fixed(graph: Graph, prices: Prices, usage: Usage) -> list[Line]:
    """Lines in dollars a month. Services that charge by what they watch have assumed volumes (usage.toml)."""
    return [
        line
        for lines in (
            _network(graph, prices),
            _functions(graph, prices),
            _watching(graph, prices, usage["assumed"]),
            _keys_and_edge(graph, prices),
            _sweeper(graph, prices),
        )
        for line in lines
        if line.usd
    ]


def _network(graph: Graph, prices: Prices) -> Iterator[Line]:
    firewalls = graph.of_type("aws:networkfirewall/firewall:Firewall")
    endpoints = sum(len(each.inputs["subnetMappings"]) for each in firewalls)
    hourly, setting = endpoints * prices["firewall_endpoint_hour"], "network.firewall, network.firewall_zones"
    yield Line("Network Firewall", f"{endpoints} endpoints", hourly * HOURS, setting)
    gateways = len(graph.of_type("aws:ec2/natGateway:NatGateway"))
    charged = max(0, gateways - endpoints)  # AWS waives a gateway's hours beside a firewall endpoint's
    said = f"{gateways} gateways, {gateways - charged} of them waived beside firewall endpoints"
    yield Line("VPC", said, charged * prices["nat_hour"] * HOURS, "network.nat")
    addresses = len(graph.of_type("aws:ec2/eip:Eip"))
    hourly = addresses * prices["public_address_hour"]
    yield Line("VPC", f"{addresses} public addresses", hourly * HOURS, "network.nat")
    interfaces = sum(
        len(each.inputs.get("subnetIds") or ())
        for each in graph.of_type("aws:ec2/vpcEndpoint:VpcEndpoint")
        if each.inputs.get("vpcEndpointType") == "Interface"
    )
    hourly = interfaces * prices["endpoint_hour"]
    yield Line("VPC", f"{interfaces} interface endpoints", hourly * HOURS, "network.endpoint_zones")
    lists = graph.of_type("aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList")
    names = sum(len(each.inputs["domains"]) for each in lists)
    yield Line("Route 53", f"{names} names of the DNS firewall", names * prices["dns_firewall_name_month"])


def _functions(graph: Graph, prices: Prices) -> Iterator[Line]:
    memory = gigabytes(graph)
    kept = graph.of_type("aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig")
    warm = {each.name: int(each.inputs["provisionedConcurrentExecutions"]) for each in kept}
    seconds = sum(count * memory.get(name, 0.5) for name, count in warm.items()) * SECONDS
    yield Line(
        "Lambda",
        f"{sum(warm.values())} environments kept warm",
        seconds * prices["provisioned_gb_second"],
        "capacity.concurrency.provisioned",
    )


def _watching(graph: Graph, prices: Prices, assumed: Mapping[str, float]) -> Iterator[Line]:
    alarms = graph.of_type("aws:cloudwatch/metricAlarm:MetricAlarm")
    metrics = sum(_metrics_of(alarm) for alarm in alarms)
    composite = len(graph.of_type("aws:cloudwatch/compositeAlarm:CompositeAlarm"))
    usd = metrics * prices["alarm_metric_month"] + composite * prices["composite_alarm_month"]
    yield Line("CloudWatch", f"{len(alarms)} alarms of {metrics} metrics, {composite} composite", usd)
    dashboards = len(graph.of_type("aws:cloudwatch/dashboard:Dashboard"))
    yield Line("CloudWatch", f"{dashboards} dashboard", dashboards * prices["dashboard_month"])
    made = assumed["custom_metrics"]
    yield Line("CloudWatch", f"{made:.0f} metrics of the functions (assumed)", made * prices["metric_month"])
    rules = len(graph.of_type("aws:cfg/rule:Rule"))
    evaluated = rules * assumed["config_evaluations_of_a_rule"] * prices["config_evaluation"]
    items = assumed["config_items"] * prices["config_item"] if rules else 0
    yield Line("Config", f"{rules} rules (volume assumed)", evaluated + items, "detection.config")
    standards = len(graph.of_type("aws:securityhub/standardsSubscription:StandardsSubscription"))
    checks = assumed["security_checks"] * standards / 2
    usd = checks * prices["security_check"]
    yield Line("Security Hub", f"{standards} standards (volume assumed)", usd, "detection.standards")
    detectors = len(graph.of_type("aws:guardduty/detector:Detector"))
    usd = detectors * assumed["guardduty_events"] * prices["guardduty_event"]
    yield Line("GuardDuty", "events (volume assumed)", usd, "detection.guardduty")
    unused = [
        each
        for each in graph.of_type("aws:accessanalyzer/analyzer:Analyzer")
        if "UNUSED" in each.inputs.get("type", "")
    ]
    roles = len(graph.of_type("aws:iam/role:Role"))
    usd = len(unused) * roles * prices["analyzed_role_month"]
    yield Line("Access Analyzer", f"{roles} roles looked through", usd, "detection.access_analyzer")


def _keys_and_edge(graph: Graph, prices: Prices) -> Iterator[Line]:
    keys = len(graph.of_type("aws:kms/key:Key"))
    yield Line("KMS", f"{keys} keys", keys * prices["key_month"])
    secrets = len(graph.of_type("aws:secretsmanager/secret:Secret"))
    usd = secrets * prices["secret_month"]
    yield Line("Secrets Manager", f"{secrets} secrets", usd, "processor_accounts")
    for acl in graph.of_type("aws:wafv2/webAcl:WebAcl"):
        rules = len(acl.inputs.get("rules") or ())
        usd = prices["web_acl_month"] + rules * prices["web_acl_rule_month"]
        yield Line("WAF", f"an ACL of {rules} rules", usd)


def _sweeper(graph: Graph, prices: Prices) -> Iterator[Line]:
    """Each minute it asks every partition of the `due` index: half a read unit and, where the trail records
    the use of tables, an event each."""
    asked = SWEEPS * SHARDS
    yield Line("DynamoDB", "the sweeper's questions", asked * 0.5 * prices["read_unit"])
    if "payments" in tables_recorded(graph):
        yield Line("CloudTrail", "the sweeper's questions, as events", asked * prices["data_event"], TRAIL)


def gigabytes(graph: Graph) -> dict[str, float]:
    """Each function's memory."""
    functions = graph.of_type("aws:lambda/function:Function")
    return {each.name: float(each.inputs["memorySize"]) / 1024 for each in functions}


def _metrics_of(alarm: Node) -> int:
    queries = alarm.inputs.get("metricQueries") or ()
    return sum(1 for query in queries if query.get("metric")) or 1
