"""The distribution: which path is answered with which headers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws

from infra.fields.edge_function import code
from infra.fields.files import Files
from infra.fields.header_policies import header_policies
from infra.fields.headers import Kind
from infra.fields.release import CHECKOUT, FRAME, LOADER, SESSIONS, newest_path
from infra.settings.card_fields import CardFields
from infra.stage import Stage

# AWS's own `Managed-CachingOptimized`: no query, header or cookie makes a difference to what is kept.
CACHED = "658327ea-f89d-4fab-a63d-7e88639e58f6"
# In the order in which CloudFront compares them, and when its function has a word; what fits none is a part.
PATTERNS: Mapping[str, tuple[Kind, tuple[str, ...]]] = {
    newest_path().removeprefix("/"): (Kind.NEWEST, ()),
    f"{SESSIONS.removeprefix('/')}*": (Kind.PAGE, ("viewer-request",)),
    f"*/{LOADER}": (Kind.LOADER, ()),
    f"*/{FRAME}": (Kind.PAGE, ("viewer-request", "viewer-response")),
    f"*/{CHECKOUT}": (Kind.PAGE, ()),
}
ORIGIN = "files"


@dataclass(frozen=True)
class DeliveryArgs:
    """`api`: the API's URL."""

    stage: Stage
    card_fields: CardFields
    api: str
    files: Files
    web_acl: aws.wafv2.WebAcl


class Delivery(pulumi.ComponentResource):
    """`distribution`, at the card fields' own name."""

    def __init__(self, name: str, args: DeliveryArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:fields:Delivery", name, None, opts)
        self._args = args
        self._child = pulumi.ResourceOptions(parent=self)
        self._policies = header_policies(args.stage, args.api, self._child)
        self._function = aws.cloudfront.Function(
            "card-fields",
            name=args.stage.physical("card-fields"),
            comment="Whose pages may show the card fields, and where hosted pages are",
            runtime="cloudfront-js-2.0",
            code=code(args.api, args.card_fields.origins),
            publish=True,
            opts=self._child,
        )
        self.distribution = self._distribution()
        self.register_outputs({})

    def _distribution(self) -> aws.cloudfront.Distribution:
        args = self._args
        return aws.cloudfront.Distribution(
            "card-fields",
            comment=args.stage.physical("card-fields"),
            aliases=[args.card_fields.name],
            enabled=True,
            is_ipv6_enabled=True,
            http_version="http2and3",
            # Nothing has this name: the root shows nothing.
            default_root_object="nothing",
            origins=[
                aws.cloudfront.DistributionOriginArgs(
                    origin_id=ORIGIN,
                    domain_name=args.files.origin,
                    origin_access_control_id=self._access().id,
                )
            ],
            default_cache_behavior=aws.cloudfront.DistributionDefaultCacheBehaviorArgs(
                **self._behaviour(Kind.PART)
            ),
            ordered_cache_behaviors=[
                aws.cloudfront.DistributionOrderedCacheBehaviorArgs(
                    path_pattern=pattern, **self._behaviour(kind, events)
                )
                for pattern, (kind, events) in PATTERNS.items()
            ],
            web_acl_id=args.web_acl.arn,
            viewer_certificate=aws.cloudfront.DistributionViewerCertificateArgs(
                acm_certificate_arn=args.card_fields.certificate_arn,
                ssl_support_method="sni-only",
                minimum_protocol_version="TLSv1.2_2021",
            ),
            restrictions=aws.cloudfront.DistributionRestrictionsArgs(
                # A shopper may be anywhere.
                geo_restriction=aws.cloudfront.DistributionRestrictionsGeoRestrictionArgs(
                    restriction_type="none"
                )
            ),
            opts=pulumi.ResourceOptions(parent=self, depends_on=args.files.uploaded),
        )

    def _access(self) -> aws.cloudfront.OriginAccessControl:
        """CloudFront signs what it asks of the bucket, which refuses everybody else."""
        return aws.cloudfront.OriginAccessControl(
            "card-fields",
            name=self._args.stage.physical("card-fields"),
            description="The card fields' bucket",
            origin_access_control_origin_type="s3",
            signing_behavior="always",
            signing_protocol="sigv4",
            opts=self._child,
        )

    def _behaviour(self, kind: Kind, events: Sequence[str] = ()) -> dict[str, Any]:
        part = aws.cloudfront.DistributionOrderedCacheBehaviorFunctionAssociationArgs
        if kind is Kind.PART:
            part = aws.cloudfront.DistributionDefaultCacheBehaviorFunctionAssociationArgs
        return {
            "target_origin_id": ORIGIN,
            "allowed_methods": ["GET", "HEAD"],
            "cached_methods": ["GET", "HEAD"],
            "viewer_protocol_policy": "https-only",
            "compress": True,
            "cache_policy_id": CACHED,
            "response_headers_policy_id": self._policies[kind].id,
            "function_associations": [
                part(event_type=event, function_arn=self._function.arn) for event in events
            ],
        }
