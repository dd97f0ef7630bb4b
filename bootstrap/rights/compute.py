"""The functions, and the API in front of them."""

from collections.abc import Mapping
from typing import Any

from bootstrap.rights.right import Grant, Right
from infra.stage import Stage

FUNCTIONS = ("function:NAMED*",)
# API Gateway knows its resources by ids that it makes up. API keys are left out: they are secrets.
GATEWAY = tuple(
    f"arn:aws:apigateway:*::/{path}"
    for path in (
        "account",
        "domainnames",
        "domainnames/*",
        "restapis",
        "restapis/*",
        "tags/*",
        "usageplans",
        "usageplans/*",
    )
)
GATEWAY_STAGES = "arn:aws:apigateway:*::/restapis/*/stages/*"


def _of_own_functions(stage: Stage) -> Mapping[str, Any]:
    """A mapping has no name: the function that it feeds tells the stage's own."""
    return {"ArnLike": {"lambda:FunctionArn": stage.arn("lambda", f"function:{stage.physical('*')}")}}


COMPUTE = (
    Right(
        "lambda",
        Grant(
            "GetAccountSettings GetAlias GetEventSourceMapping GetFunction GetFunctionCodeSigningConfig"
            " GetFunctionConcurrency GetFunctionConfiguration GetFunctionEventInvokeConfig"
            " GetFunctionRecursionConfig GetPolicy GetProvisionedConcurrencyConfig"
            " GetRuntimeManagementConfig ListEventSourceMappings ListTags ListVersionsByFunction"
        ),
        (
            Grant(
                "AddPermission CreateAlias CreateFunction DeleteAlias DeleteFunction"
                " DeleteFunctionConcurrency DeleteFunctionEventInvokeConfig"
                " DeleteProvisionedConcurrencyConfig PublishVersion PutFunctionConcurrency"
                " PutFunctionEventInvokeConfig PutProvisionedConcurrencyConfig RemovePermission UpdateAlias"
                " UpdateFunctionCode UpdateFunctionConfiguration UpdateFunctionEventInvokeConfig",
                FUNCTIONS,
            ),
            Grant("TagResource UntagResource", (*FUNCTIONS, "event-source-mapping:*")),
            Grant(
                "CreateEventSourceMapping DeleteEventSourceMapping UpdateEventSourceMapping",
                condition=_of_own_functions,
            ),
        ),
    ),
    Right(
        "apigateway",
        Grant("GET", GATEWAY),
        (Grant("DELETE PATCH POST PUT", GATEWAY), Grant("SetWebACL", (GATEWAY_STAGES,))),
    ),
    Right(
        "application-autoscaling",
        Grant("DescribeScalableTargets DescribeScalingPolicies DescribeScheduledActions ListTagsForResource"),
        (
            Grant(
                "DeleteScalingPolicy DeregisterScalableTarget PutScalingPolicy RegisterScalableTarget"
                " TagResource UntagResource",
                ("scalable-target/*",),
            ),
        ),
    ),
    Right(
        "wafv2",
        Grant(
            "GetIPSet GetLoggingConfiguration GetWebACL GetWebACLForResource ListResourcesForWebACL"
            " ListTagsForResource"
        ),
        (
            Grant(
                "AssociateWebACL CreateIPSet CreateWebACL DeleteIPSet DeleteLoggingConfiguration DeleteWebACL"
                " DisassociateWebACL PutLoggingConfiguration TagResource UntagResource UpdateIPSet"
                " UpdateWebACL",
                (
                    "regional/ipset/NAMED*/*",
                    "regional/webacl/NAMED*/*",
                    "arn:aws:wafv2:*:*:regional/managedruleset/*/*",
                    GATEWAY_STAGES,
                ),
            ),
        ),
    ),
    # The certificate of a custom domain and its zone are the company's; only the zone gets records.
    Right("acm", Grant("DescribeCertificate ListTagsForCertificate")),
    Right(
        "route53",
        Grant("GetChange GetHostedZone ListResourceRecordSets ListTagsForResource"),
        (Grant("ChangeResourceRecordSets", ("arn:aws:route53:::hostedzone/*",)),),
    ),
)
