"""The card fields' delivery: CloudFront, and the log of who fetched them.

CloudFront's resources are the account's, of no Region, and most have ids that AWS gives. The account is the
stage's own.
"""

from collections.abc import Mapping, Sequence

from bootstrap.calls.calls import ANY, Calls

LOGS = "arn:aws:logs:{region:*}:{account}:"


def _cloudfront(resource: str, noun: str, *, create: str = "", read: str = "", update: str = "") -> Calls:
    return Calls(
        "cloudfront",
        f"arn:aws:cloudfront::{{account}}:{resource}",
        create=f"Create{noun} {create}".strip(),
        read=f"Get{noun} {read}".strip(),
        update=f"Update{noun} {update}".strip(),
        delete=f"Delete{noun}",
    )


DELIVERY: Mapping[str, Sequence[Calls]] = {
    "aws:cloudfront/distribution:Distribution": (
        _cloudfront(
            "distribution/{id:*}",
            "Distribution",
            create="TagResource",
            read="ListTagsForResource",
            update="TagResource UntagResource",
        ),
        # CloudFront asks for the firewall in the caller's name.
        Calls("wafv2", "{webAclId:arn:aws:wafv2:*:ACCOUNT:global/webacl/NAMED*/*}", create="GetWebACL"),
    ),
    "aws:cloudfront/function:Function": (
        _cloudfront(
            "function/{name:NAMED*}",
            "Function",
            create="PublishFunction",
            read="DescribeFunction ListTagsForResource",
            update="PublishFunction",
        ),
        # AWS's service authorization reference knows no tags of a function.
        Calls("cloudfront", ANY, create="TagResource", update="TagResource UntagResource"),
    ),
    "aws:cloudfront/originAccessControl:OriginAccessControl": (
        Calls("cloudfront", ANY, create="CreateOriginAccessControl"),
        Calls(
            "cloudfront",
            "arn:aws:cloudfront::{account}:origin-access-control/{id:*}",
            read="GetOriginAccessControl",
            update="UpdateOriginAccessControl",
            delete="DeleteOriginAccessControl",
        ),
    ),
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": (
        _cloudfront("response-headers-policy/{id:*}", "ResponseHeadersPolicy"),
    ),
    "aws:cloudwatch/logDeliverySource:LogDeliverySource": (
        Calls(
            "logs",
            LOGS + "delivery-source:{name:NAMED*}",
            create="PutDeliverySource TagResource",
            read="GetDeliverySource ListTagsForResource",
            update="TagResource UntagResource",
            delete="DeleteDeliverySource",
        ),
        # AWS's service authorization reference has the deletion on destinations.
        Calls("logs", LOGS + "delivery-destination:{name:NAMED*}", delete="DeleteDeliverySource"),
        # The right to have the distribution's log delivered is CloudFront's own.
        Calls(
            "cloudfront",
            "{resourceArn:arn:aws:cloudfront::ACCOUNT:distribution/*}",
            create="AllowVendedLogDeliveryForResource",
        ),
    ),
    "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": (
        Calls(
            "logs",
            LOGS + "delivery-destination:{name:NAMED*}",
            create="PutDeliveryDestination TagResource",
            read="GetDeliveryDestination ListTagsForResource",
            update="PutDeliveryDestination TagResource UntagResource",
            delete="DeleteDeliveryDestination",
        ),
    ),
    "aws:cloudwatch/logDelivery:LogDelivery": (
        Calls(
            "logs",
            LOGS + "delivery:{id:*}",
            create="CreateDelivery TagResource",
            read="GetDelivery ListTagsForResource",
            update="TagResource UntagResource UpdateDeliveryConfiguration",
            delete="DeleteDelivery",
        ),
        Calls(
            "logs",
            LOGS + "delivery-source:{deliverySourceName:NAMED*}",
            create="CreateDelivery",
            update="UpdateDeliveryConfiguration",
        ),
        Calls(
            "logs",
            "{deliveryDestinationArn:arn:aws:logs:*:ACCOUNT:delivery-destination:NAMED*}",
            create="CreateDelivery",
            update="UpdateDeliveryConfiguration",
        ),
        Calls("logs", ANY, read="DescribeDeliveries"),
    ),
}
