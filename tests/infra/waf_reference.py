"""What AWS WAF's documentation says of its rule groups and of what rules cost."""

from typing import Any

# Of AWS WAF's developer guide, "AWS Managed Rules rule groups list": capacity units of a group, and those of
# its rules that exist. WAF accepts an exception for a rule that doesn't.
GROUPS: dict[str, tuple[int, str]] = {
    "AWSManagedRulesAmazonIpReputationList": (
        25,
        "AWSManagedIPReputationList AWSManagedReconnaissanceList AWSManagedIPDDoSList",
    ),
    "AWSManagedRulesAnonymousIpList": (50, "AnonymousIPList HostingProviderIPList"),
    "AWSManagedRulesCommonRuleSet": (
        700,
        "NoUserAgent_HEADER UserAgent_BadBots_HEADER SizeRestrictions_QUERYSTRING"
        " SizeRestrictions_Cookie_HEADER SizeRestrictions_BODY SizeRestrictions_URIPATH"
        " EC2MetaDataSSRF_BODY EC2MetaDataSSRF_COOKIE"
        " EC2MetaDataSSRF_URIPATH EC2MetaDataSSRF_QUERYARGUMENTS GenericLFI_QUERYARGUMENTS GenericLFI_URIPATH"
        " GenericLFI_BODY RestrictedExtensions_URIPATH RestrictedExtensions_QUERYARGUMENTS"
        " GenericRFI_QUERYARGUMENTS GenericRFI_BODY GenericRFI_URIPATH CrossSiteScripting_COOKIE"
        " CrossSiteScripting_QUERYARGUMENTS CrossSiteScripting_BODY CrossSiteScripting_URIPATH",
    ),
    "AWSManagedRulesKnownBadInputsRuleSet": (
        200,
        "JavaDeserializationRCE_HEADER JavaDeserializationRCE_BODY JavaDeserializationRCE_URIPATH"
        " JavaDeserializationRCE_QUERYSTRING Host_localhost_HEADER PROPFIND_METHOD ExploitablePaths_URIPATH"
        " Log4JRCE_HEADER Log4JRCE_QUERYSTRING Log4JRCE_BODY Log4JRCE_URIPATH",
    ),
    "AWSManagedRulesSQLiRuleSet": (
        200,
        "SQLi_QUERYARGUMENTS SQLiExtendedPatterns_QUERYARGUMENTS SQLi_BODY SQLiExtendedPatterns_BODY"
        " SQLi_COOKIE",
    ),
}
# The same guide, "Rule statements list": capacity units of a statement, before what is within it.
STATEMENTS = {
    "sizeConstraintStatement": 1,
    "byteMatchStatement": 2,
    "rateBasedStatement": 2,
    # "Depends on the nested statements": nothing of their own.
    "andStatement": 0,
    "notStatement": 0,
    "orStatement": 0,
}
TRANSFORMATION = 10
# A string match of this kind costs so much in place of its 2.
CONTAINS = 10
BUDGET = 1500


def capacity(statement: dict[str, Any]) -> int:
    """The capacity units of a statement and all within it."""
    total = 0
    for kind, body in statement.items():
        if kind == "managedRuleGroupStatement":
            total += GROUPS[body["name"]][0]
        else:
            total += CONTAINS if body.get("positionalConstraint") == "CONTAINS" else STATEMENTS[kind]
        within = [*body.get("statements", []), *filter(None, [body.get("statement")])]
        within += filter(None, [body.get("scopeDownStatement")])
        total += sum(capacity(inner) for inner in within)
        changes = [change for change in body.get("textTransformations", []) if change["type"] != "NONE"]
        total += TRANSFORMATION * len(changes)
    return total
