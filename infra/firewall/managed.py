"""AWS's rule groups, and the exceptions that payments need from them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pulumi_aws as aws

from infra.firewall.visibility import visibility
from infra.settings.edge import Edge

VENDOR = "AWS"


@dataclass(frozen=True)
class ManagedGroup:
    """One of AWS's groups. `counted`: rules of it that only count, each with the reason.

    No version is pinned: AWS's default moves with new attacks. AWS WAF accepts a misspelt rule name in
    silence, so the names are compared with its documentation in tests.
    """

    rule: str
    priority: int
    group: str
    counted: Mapping[str, str] = field(default_factory=dict)


IP_REPUTATION = ManagedGroup("ip-reputation", 0, "AWSManagedRulesAmazonIpReputationList")
KNOWN_BAD_INPUTS = ManagedGroup("known-bad-inputs", 40, "AWSManagedRulesKnownBadInputsRuleSet")
CORE = ManagedGroup(
    "core",
    50,
    "AWSManagedRulesCommonRuleSet",
    {
        "NoUserAgent_HEADER": "Servers call this API, and HTTP doesn't ask them for a User-Agent.",
        "SizeRestrictions_BODY": "The rule `body-size` has the same limit and answers 413, not 403.",
        "GenericRFI_QUERYARGUMENTS": "A list may be asked for a reference that is a merchant's link.",
        "GenericRFI_BODY": "Metadata may hold a merchant's link to an address; nothing here follows links.",
        "CrossSiteScripting_BODY": "Descriptions may hold < and >; answers are JSON and never rendered here.",
    },
)
SQL = ManagedGroup(
    "sql",
    60,
    "AWSManagedRulesSQLiRuleSet",
    {
        # One JWE in six has `--`, SQL's comment, in its base64url; blocking would refuse cards at random.
        "SQLi_BODY": "Encrypted cards are random base64url, and descriptions have apostrophes.",
        "SQLiExtendedPatterns_BODY": "As above; and nothing behind the API speaks SQL.",
    },
)
ANONYMOUS = ManagedGroup(
    "anonymous",
    70,
    "AWSManagedRulesAnonymousIpList",
    {"HostingProviderIPList": "Merchants' servers are at hosting providers: that is who should call."},
)


# What only counts is in the log if somebody decides by it, or should see it. Hosting providers aren't: nearly
# every request of a merchant's server would be there.
WATCHED_LABELS = (
    "awswaf:managed:aws:anonymous-ip-list:AnonymousIPList",
    "awswaf:managed:aws:core-rule-set:CrossSiteScripting_Body",
    "awswaf:managed:aws:core-rule-set:GenericRFI_Body",
)
ScopeDown = aws.wafv2.WebAclRuleStatementManagedRuleGroupStatementScopeDownStatementArgsDict
# A list cursor is random base64url too, and a merchant's references may have `--`; no list speaks SQL.
FREE_TEXT = ("cursor", "reference")
WITHOUT_FREE_TEXT: ScopeDown = {
    "not_statement": {
        "statement": {
            "or_statement": {
                "statements": [
                    {
                        "size_constraint_statement": {
                            "field_to_match": {"single_query_argument": {"name": argument}},
                            "comparison_operator": "GE",
                            "size": 1,
                            "text_transformations": [{"priority": 0, "type": "NONE"}],
                        }
                    }
                    for argument in FREE_TEXT
                ]
            }
        }
    }
}


def managed_rules(edge: Edge) -> list[aws.wafv2.WebAclRuleArgsDict]:
    """The groups as rules of a web ACL."""
    return [
        group_rule(IP_REPUTATION),
        group_rule(KNOWN_BAD_INPUTS),
        group_rule(CORE),
        group_rule(SQL, scope_down=WITHOUT_FREE_TEXT),
        group_rule(ANONYMOUS, only_count=edge.anonymous_addresses == "count"),
    ]


def group_rule(
    group: ManagedGroup, *, only_count: bool = False, scope_down: ScopeDown | None = None
) -> aws.wafv2.WebAclRuleArgsDict:
    """A group as a rule of a web ACL; `scope_down`: which requests it is asked about."""
    return {
        "name": group.rule,
        "priority": group.priority,
        "override_action": {"count": {}} if only_count else {"none": {}},
        "statement": {
            "managed_rule_group_statement": {
                "vendor_name": VENDOR,
                "name": group.group,
                "rule_action_overrides": [
                    {"name": name, "action_to_use": {"count": {}}} for name in group.counted
                ],
                "scope_down_statement": scope_down,
            }
        },
        "visibility_config": visibility(group.rule),
    }
