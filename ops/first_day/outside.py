"""Who outside the account is found to have access."""

from __future__ import annotations

from ops.first_day.bench import Bench, BrokenError
from ops.first_day.trial import trial

ANALYZER = "aws:accessanalyzer/analyzer:Analyzer"
# GitHub's workflows and people who come from an identity provider take roles: that is what these are for.
MEANT = "AWS::IAM::Role"


@trial(
    "accessanalyzer:ListAnalyzers",
    "accessanalyzer:ListFindingsV2",
    shows="Access Analyzer finds no access from outside but roles for GitHub and for people",
    open_until="it probably reports the trust of those roles, at once and as urgent",
    otherwise="Archive those that are meant, with an archive rule by resource; take the others' access away.",
)
def nobody_outside_has_access(bench: Bench) -> str | None:
    nodes = [node for node in bench.account.graph.of_type(ANALYZER) if node.name == "external-access"]
    if not nodes:
        return None
    listed = bench.every("accessanalyzer", "ListAnalyzers", "analyzers", type="ACCOUNT")
    (analyzer,) = [each["arn"] for each in listed if each["name"] == nodes[0].inputs["analyzerName"]]
    active = bench.every(
        "accessanalyzer",
        "ListFindingsV2",
        "findings",
        analyzerArn=analyzer,
        filter={"status": {"eq": ["ACTIVE"]}},
    )
    unmeant = sorted(each["resource"] for each in active if each["resourceType"] != MEANT)
    if unmeant:
        raise BrokenError(f"{', '.join(unmeant)} can be reached from outside")
    roles = sorted(each["resource"].rpartition("/")[2] for each in active)
    return f"only roles: {', '.join(roles)}" if roles else "nothing"


TRIALS = (nobody_outside_has_access,)
