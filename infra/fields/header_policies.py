"""The declared headers as CloudFront's response headers policies, one for each kind of file."""

import pulumi
import pulumi_aws as aws

from infra.fields.headers import CSP, Kind, headers_of, policy
from infra.stage import Stage

Policy = aws.cloudfront.ResponseHeadersPolicy


def header_policies(stage: Stage, api: str, opts: pulumi.ResourceOptions) -> dict[Kind, Policy]:
    """Whatever the origin or CloudFront would send of these headers gives way to ours."""
    return {kind: _policy(stage, kind, api, opts) for kind in Kind}


def _policy(stage: Stage, kind: Kind, api: str, opts: pulumi.ResourceOptions) -> Policy:
    sent = headers_of(kind)
    if kind is Kind.PAGE:
        sent |= {CSP: policy(api)}
    name = stage.physical(f"card-fields-{kind}")
    # CloudFront takes these headers as words of its own, and no other way.
    security = _security(sent)
    cross_origin = sent.pop("Access-Control-Allow-Origin", None)
    item = aws.cloudfront.ResponseHeadersPolicyCustomHeadersConfigItemArgs
    return aws.cloudfront.ResponseHeadersPolicy(
        f"card-fields-{kind}",
        name=name,
        comment=f"Card fields: {kind}",
        security_headers_config=security,
        cors_config=_cors(cross_origin) if cross_origin else None,
        custom_headers_config=aws.cloudfront.ResponseHeadersPolicyCustomHeadersConfigArgs(
            items=[item(header=header, value=value, override=True) for header, value in sorted(sent.items())]
        ),
        opts=opts,
    )


def _security(sent: dict[str, str]) -> aws.cloudfront.ResponseHeadersPolicySecurityHeadersConfigArgs:
    """Takes its headers out of `sent`."""
    part = aws.cloudfront
    age, *directives = sent.pop("Strict-Transport-Security").split("; ")
    sent.pop("X-Content-Type-Options")  # it has one value
    page_policy = sent.pop(CSP, None)
    return part.ResponseHeadersPolicySecurityHeadersConfigArgs(
        strict_transport_security=part.ResponseHeadersPolicySecurityHeadersConfigStrictTransportSecurityArgs(
            access_control_max_age_sec=int(age.removeprefix("max-age=")),
            include_subdomains="includeSubDomains" in directives,
            override=True,
        ),
        content_type_options=part.ResponseHeadersPolicySecurityHeadersConfigContentTypeOptionsArgs(
            override=True
        ),
        referrer_policy=part.ResponseHeadersPolicySecurityHeadersConfigReferrerPolicyArgs(
            referrer_policy=sent.pop("Referrer-Policy"), override=True
        ),
        content_security_policy=part.ResponseHeadersPolicySecurityHeadersConfigContentSecurityPolicyArgs(
            content_security_policy=page_policy, override=True
        )
        if page_policy
        else None,
    )


def _cors(origin: str) -> aws.cloudfront.ResponseHeadersPolicyCorsConfigArgs:
    part = aws.cloudfront
    return part.ResponseHeadersPolicyCorsConfigArgs(
        access_control_allow_credentials=False,
        access_control_allow_headers=part.ResponseHeadersPolicyCorsConfigAccessControlAllowHeadersArgs(
            items=["*"]
        ),
        access_control_allow_methods=part.ResponseHeadersPolicyCorsConfigAccessControlAllowMethodsArgs(
            items=["GET", "HEAD"]
        ),
        access_control_allow_origins=part.ResponseHeadersPolicyCorsConfigAccessControlAllowOriginsArgs(
            items=[origin]
        ),
        origin_override=True,
    )
