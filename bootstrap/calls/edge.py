"""The API, its firewall and its name.

API Gateway's actions are HTTP's, on paths. API keys, which are secrets, are left out.
"""

from collections.abc import Mapping, Sequence

from bootstrap.calls.calls import ANY, Calls, linked, passing

GATEWAY = "arn:aws:apigateway:{region}::/"
DOMAIN = GATEWAY + "domainnames/{domainName:*}"
API = GATEWAY + "restapis/{restApi:*}"
STAGE = API + "/stages/{stageName:*}"
# One before the API, and one before the card fields, which is of no Region.
FIREWALL = "arn:aws:wafv2:*:{account}:*/webacl/{name:NAMED*}/{id:*}"
WEB_ACL = "{webAclArn:arn:aws:wafv2:REGION:ACCOUNT:regional/webacl/NAMED*/*}"


def _at(path: str, create: str = "", update: str = "", delete: str = "") -> Calls:
    """What is done to one path, which can be read."""
    return Calls(
        "apigateway", path, create=create, read="GET", update=update, delete=delete, reads_bound=True
    )


def _made_in(path: str) -> Calls:
    return Calls("apigateway", path, create="POST")


def _tags(arn: str) -> Calls:
    """Tags are paths of their own, with the resource's ARN in them."""
    return Calls("apigateway", f"{GATEWAY}tags/{{{arn}:*}}", create="PUT", update="DELETE PUT")


EDGE: Mapping[str, Sequence[Calls]] = {
    "aws:apigateway/account:Account": (
        _at(f"{GATEWAY}account", create="PATCH", update="PATCH", delete="PATCH"),
        passing("cloudwatchRoleArn", "apigateway"),
    ),
    "aws:apigateway/restApi:RestApi": (
        _made_in(f"{GATEWAY}restapis"),
        _at(GATEWAY + "restapis/{id:*}", create="PATCH PUT", update="PATCH PUT", delete="DELETE"),
        _tags("arn"),
    ),
    "aws:apigateway/deployment:Deployment": (
        _made_in(f"{API}/deployments"),
        _at(API + "/deployments/{id:*}", update="PATCH", delete="DELETE"),
    ),
    "aws:apigateway/stage:Stage": (
        _made_in(f"{API}/stages"),
        _at(STAGE, create="PATCH", update="PATCH", delete="DELETE"),
        _tags("arn"),
    ),
    "aws:apigateway/methodSettings:MethodSettings": (
        _at(STAGE, create="PATCH", update="PATCH", delete="PATCH"),
    ),
    "aws:apigateway/domainName:DomainName": (
        _made_in(f"{GATEWAY}domainnames"),
        _at(DOMAIN, create="PATCH", update="PATCH", delete="DELETE"),
        _tags("arn"),
        # Client certificates are a control of their own; the bucket of those trusted is the company's.
        Calls(
            "apigateway",
            DOMAIN,
            create="AddCertificateToDomain",
            update="AddCertificateToDomain RemoveCertificateFromDomain",
            delete="RemoveCertificateFromDomain",
            given="mutualTlsAuthentication",
        ),
        linked("ops.apigateway"),
    ),
    "aws:apigateway/basePathMapping:BasePathMapping": (
        _made_in(f"{DOMAIN}/basepathmappings"),
        _at(f"{DOMAIN}/basepathmappings/*", update="PATCH", delete="DELETE"),
    ),
    "aws:apigateway/usagePlan:UsagePlan": (
        _made_in(f"{GATEWAY}usageplans"),
        _at(GATEWAY + "usageplans/{id:*}", create="PATCH", update="PATCH", delete="DELETE PATCH"),
        _tags("arn"),
    ),
    "aws:wafv2/webAcl:WebAcl": (
        Calls(
            "wafv2",
            FIREWALL,
            create="CreateWebACL TagResource",
            read="GetWebACL ListTagsForResource",
            update="TagResource UntagResource UpdateWebACL",
            delete="DeleteWebACL",
        ),
        # AWS's own groups of rules.
        Calls(
            "wafv2",
            "arn:aws:wafv2:*:*:*/managedruleset/*/*",
            create="CreateWebACL",
            update="UpdateWebACL",
        ),
    ),
    "aws:wafv2/webAclAssociation:WebAclAssociation": (
        Calls("wafv2", WEB_ACL, create="AssociateWebACL"),
        Calls(
            "wafv2",
            "{resourceArn:arn:aws:apigateway:REGION::/restapis/*/stages/*}",
            create="AssociateWebACL",
            read="GetWebACLForResource",
            delete="DisassociateWebACL",
        ),
        Calls(
            "apigateway",
            "{resourceArn:arn:aws:apigateway:REGION::/restapis/*/stages/*}",
            create="SetWebACL",
            delete="SetWebACL",
        ),
    ),
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": (
        Calls(
            "wafv2",
            "{resourceArn:arn:aws:wafv2:*:ACCOUNT:*/webacl/NAMED*/*}",
            create="PutLoggingConfiguration",
            read="GetLoggingConfiguration",
            update="PutLoggingConfiguration",
            delete="DeleteLoggingConfiguration",
        ),
        # As AWS WAF's developer guide has it for logs that go to CloudWatch Logs.
        Calls(
            "logs",
            ANY,
            create="CreateLogDelivery DescribeLogGroups DescribeResourcePolicies PutResourcePolicy",
            delete="DeleteLogDelivery",
        ),
        linked("wafv2"),
    ),
    # The zone is the company's; it only gets records.
    "aws:route53/record:Record": (
        Calls(
            "route53",
            "arn:aws:route53:::hostedzone/{zoneId:*}",
            create="ChangeResourceRecordSets",
            read="GetHostedZone ListResourceRecordSets",
            update="ChangeResourceRecordSets",
            delete="ChangeResourceRecordSets",
        ),
        Calls("route53", ANY, read="GetChange"),
    ),
}
