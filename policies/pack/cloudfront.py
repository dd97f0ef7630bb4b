"""Files that CloudFront hands out: how, with which headers, and who is behind it."""

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from .declaring import CRITICAL, HIGH, MEDIUM, Resource, Violations, number, policy, words
from .stack import Member, Stack, value_at

GUIDE = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide"
DISTRIBUTION = "aws:cloudfront/distribution:Distribution"
HEADERS = "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy"
LOG_SOURCE = "aws:cloudwatch/logDeliverySource:LogDeliverySource"
HTTPS = ("https-only", "redirect-to-https")


def _behaviours(distribution: Resource) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each behaviour with the paths that it is for."""
    if default := distribution.props.get("defaultCacheBehavior"):
        yield "the default behaviour", default
    for each in distribution.props.get("orderedCacheBehaviors") or ():
        yield f"the behaviour of {each['pathPattern']}", each


@policy(
    on=DISTRIBUTION,
    severity=CRITICAL,
    pci=["4.2.1", "2.2.7"],
    remedy="Give it a certificate of its own and a `minimum_protocol_version` of TLSv1.2_2021 or later.",
    url=f"{GUIDE}/secure-connections-supported-viewer-protocols-ciphers.html",
    settings={
        "versions": words(
            ["TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3*"],
            "Patterns of security policies that are strong enough.",
        )
    },
)
def distribution_uses_modern_tls(distribution: Resource, versions: list[str]) -> Violations:
    """A distribution speaks TLS 1.2 or later only.

    Under CloudFront's own certificate it would speak TLS 1.0, whatever else is asked for.
    """
    certificate = distribution.props.get("viewerCertificate") or {}
    chosen = certificate.get("minimumProtocolVersion")
    if certificate.get("cloudfrontDefaultCertificate"):
        yield "it has CloudFront's own certificate"
    elif not chosen or not any(fnmatchcase(chosen, each) for each in versions):
        yield f"its security policy is {chosen or 'the default'}"


@policy(
    on=DISTRIBUTION,
    severity=CRITICAL,
    pci=["4.2.1"],
    remedy="Set `viewer_protocol_policy` to https-only.",
    url=f"{GUIDE}/using-https-viewers-to-cloudfront.html",
)
def distribution_requires_https(distribution: Resource) -> Violations:
    """Nothing is handed out without TLS."""
    for name, behaviour in _behaviours(distribution):
        if behaviour.get("viewerProtocolPolicy") not in HTTPS:
            yield f"{name} answers without TLS"


@policy(
    on=DISTRIBUTION,
    severity=HIGH,
    pci=["6.4.1", "6.4.2"],
    remedy="Set `web_acl_id` to the ARN of a web ACL with the scope CLOUDFRONT.",
    url=f"{GUIDE}/distribution-web-awswaf.html",
)
def distribution_has_web_acl(distribution: Resource) -> Violations:
    """A web ACL stands in front of every distribution."""
    if not distribution.props.get("webAclId"):
        yield "no web ACL stands before it"


@policy(
    on=DISTRIBUTION,
    severity=HIGH,
    pci=["10.2.1", "10.2.2"],
    remedy="Deliver its ACCESS_LOGS: a LogDeliverySource with its ARN.",
    url=f"{GUIDE}/standard-logging.html",
)
def distribution_is_logged(distribution: Member, stack: Stack) -> Violations:
    """A distribution writes a line for each request."""
    sources = stack.naming(LOG_SOURCE, "resourceArn", distribution)
    if not any(each.props.get("logType") == "ACCESS_LOGS" for each in sources) and not value_at(
        distribution.props, "loggingConfig.bucket"
    ):
        yield "its requests aren't logged"


@policy(
    on=DISTRIBUTION,
    severity=HIGH,
    pci=["6.4.3", "11.6.1"],
    remedy="Set `response_headers_policy_id` in every behaviour.",
    url=f"{GUIDE}/adding-response-headers.html",
)
def distribution_sends_headers(distribution: Resource) -> Violations:
    """Whatever is handed out carries the declared headers.

    A path without them is a page that anybody may put into a frame, or a script that is taken for something
    else.
    """
    for name, behaviour in _behaviours(distribution):
        if not behaviour.get("responseHeadersPolicyId"):
            yield f"{name} has no response headers policy"


@policy(
    on=HEADERS,
    severity=MEDIUM,
    pci=["4.2.1", "6.4.3"],
    remedy="Set `strict_transport_security` and `content_type_options`, and let both override the origin's.",
    url=f"{GUIDE}/understanding-response-headers-policies.html",
    settings={"days": number(365, "How long a browser remembers to use TLS.")},
)
def headers_policy_is_strict(headers: Resource, days: float) -> Violations:
    """Browsers are told to use TLS only, and to take a file for what it is sent as."""
    security = headers.props.get("securityHeadersConfig") or {}
    transport = security.get("strictTransportSecurity") or {}
    if not transport.get("override") or (transport.get("accessControlMaxAgeSec") or 0) < days * 86_400:
        yield f"Strict-Transport-Security isn't set for {days:.0f} days"
    if not value_at(security, "contentTypeOptions.override"):
        yield "X-Content-Type-Options isn't set"


@policy(
    on=DISTRIBUTION,
    severity=HIGH,
    pci=["1.4.4", "7.2.5", "7.3.3"],
    remedy="Add an OriginAccessControl that signs always, and set the origin's `origin_access_control_id`.",
    url=f"{GUIDE}/private-content-restricting-access-to-s3.html",
)
def distribution_signs_for_bucket(distribution: Resource) -> Violations:
    """A bucket behind a distribution is read with a signature: nobody gets round the distribution."""
    for origin in distribution.props.get("origins") or ():
        name = origin.get("domainName") or ""
        if (".s3." in name or ".s3-" in name) and not origin.get("originAccessControlId"):
            yield f"{name} is read without an origin access control"


@policy(
    on="aws:cloudfront/originAccessControl:OriginAccessControl",
    severity=HIGH,
    pci=["7.2.5", "7.3.3"],
    remedy="Set `signing_behavior` to always and `signing_protocol` to sigv4.",
    url=f"{GUIDE}/private-content-restricting-access-to-s3.html",
)
def access_control_signs_always(control: Resource) -> Violations:
    """No caller's own signature is passed on in place of CloudFront's."""
    if control.props.get("signingBehavior") != "always":
        yield f"it signs {control.props.get('signingBehavior') or 'never'}"
