"""Cases of `policies/pack/cloudfront.py`."""

from typing import Any

from policies.pack import cloudfront
from policies.pack.cloudfront import DISTRIBUTION, HEADERS, LOG_SOURCE
from tests.policies.case import Case
from tests.policies.patches import change, drop
from tests.policies.resources import UNKNOWN, resource

CONTROL = "aws:cloudfront/originAccessControl:OriginAccessControl"
ARN = "arn:aws:cloudfront::1:distribution/E1"
BUCKET = "files.s3.eu-west-1.amazonaws.com"


def _distribution(**props: Any) -> Any:
    return resource(DISTRIBUTION, arn=ARN, **props)


def _tls(**certificate: Any) -> Any:
    return _distribution(viewerCertificate=certificate)


def _behaving(**behaviour: Any) -> Any:
    return _distribution(
        defaultCacheBehavior=behaviour, orderedCacheBehaviors=[{"pathPattern": "*/x", **behaviour}]
    )


def _headers(age: Any) -> Any:
    return resource(
        HEADERS,
        securityHeadersConfig={
            "strictTransportSecurity": {"override": True, "accessControlMaxAgeSec": age},
            "contentTypeOptions": {"override": True},
        },
    )


def _reading(**origin: Any) -> Any:
    return _distribution(origins=[{"domainName": BUCKET, **origin}])


CASES = [
    Case(
        cloudfront.distribution_uses_modern_tls,
        passes=[_tls(minimumProtocolVersion="TLSv1.2_2021")],
        fails=[_tls(cloudfrontDefaultCertificate=True, minimumProtocolVersion="TLSv1.2_2021")],
        unknown=[_tls(minimumProtocolVersion=UNKNOWN)],
        broken=change(DISTRIBUTION, "card-fields", {"viewerCertificate.minimumProtocolVersion": "TLSv1"}),
    ),
    Case(
        cloudfront.distribution_requires_https,
        passes=[_behaving(viewerProtocolPolicy="redirect-to-https")],
        fails=[_behaving(viewerProtocolPolicy="allow-all")],
        unknown=[_behaving(viewerProtocolPolicy=UNKNOWN)],
        broken=change(
            DISTRIBUTION, "card-fields", {"defaultCacheBehavior.viewerProtocolPolicy": "allow-all"}
        ),
    ),
    Case(
        cloudfront.distribution_has_web_acl,
        passes=[_distribution(webAclId="arn:aws:wafv2:us-east-1:1:global/webacl/a/1")],
        fails=[_distribution()],
        unknown=[_distribution(webAclId=UNKNOWN)],
        broken=change(DISTRIBUTION, "card-fields", {"webAclId": None}),
    ),
    Case(
        cloudfront.distribution_is_logged,
        passes=[_distribution(), resource(LOG_SOURCE, resourceArn=ARN, logType="ACCESS_LOGS")],
        fails=[_distribution(), resource(LOG_SOURCE, resourceArn=f"{ARN}2", logType="ACCESS_LOGS")],
        unknown=[resource(DISTRIBUTION, arn=UNKNOWN, loggingConfig={"bucket": UNKNOWN})],
        broken=drop(LOG_SOURCE, "card-fields"),
    ),
    Case(
        cloudfront.distribution_sends_headers,
        passes=[_behaving(responseHeadersPolicyId="p1")],
        fails=[_behaving()],
        unknown=[_behaving(responseHeadersPolicyId=UNKNOWN)],
        broken=change(DISTRIBUTION, "card-fields", {"defaultCacheBehavior.responseHeadersPolicyId": None}),
    ),
    Case(
        cloudfront.headers_policy_is_strict,
        passes=[_headers(365 * 86_400)],
        fails=[_headers(86_400)],
        unknown=[_headers(UNKNOWN)],
        broken=change(HEADERS, "card-fields-page", {"securityHeadersConfig.strictTransportSecurity": None}),
    ),
    Case(
        cloudfront.distribution_signs_for_bucket,
        passes=[_reading(originAccessControlId="E2")],
        fails=[_reading(s3OriginConfig={"originAccessIdentity": ""})],
        unknown=[_reading(originAccessControlId=UNKNOWN)],
        broken=change(DISTRIBUTION, "card-fields", {"origins.0.originAccessControlId": None}),
    ),
    Case(
        cloudfront.access_control_signs_always,
        passes=[resource(CONTROL, signingBehavior="always")],
        fails=[resource(CONTROL, signingBehavior="no-override")],
        unknown=[resource(CONTROL, signingBehavior=UNKNOWN)],
        broken=change(CONTROL, "card-fields", {"signingBehavior": "no-override"}),
    ),
]
