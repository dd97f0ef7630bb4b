"""What of the dependencies goes into the zip. Each line left out makes cold starts shorter."""

from pathlib import Path

KEPT_APIS = {
    "dynamodb": "2012-08-10",
    "kms": "2014-11-01",
    "secretsmanager": "2017-10-17",
    "sqs": "2012-11-05",
}
"""The AWS APIs that the runtime calls, with their newest model; botocore carries 400."""

_LEFT_OUT_TREES = (
    "bin",  # console scripts
    "botocore/crt/auth.py",  # needs awscrt, which isn't installed
    "botocore/cacert.pem",  # botocore takes certifi's
    "botocore/stub.py",  # for tests
    "certifi/tests",
    "cffi",  # cryptography needs its compiled half, _cffi_backend, alone
    "charset_normalizer/cli",
    "cryptography/hazmat/asn1",
    "cryptography/hazmat/primitives/serialization/pkcs7.py",  # signed mail
    "cryptography/hazmat/primitives/serialization/pkcs12.py",
    "cryptography/hazmat/primitives/twofactor",
    "dateutil/easter.py",
    "dateutil/rrule.py",  # calendars' repetitions
    "dateutil/tz/win.py",
    "dateutil/zoneinfo",  # all our times are UTC
    "idna/uts46data.py",  # host names that aren't ASCII: AWS's and the processor's are
    "pycparser",  # parses C declarations for cffi
    "urllib3/contrib/emscripten",
    "urllib3/http2/connection.py",  # HTTP/1.1 only
    "urllib3/contrib/pyopenssl.py",  # Python's own TLS is used
    "urllib3/contrib/socks.py",  # no proxies
    *(
        f"aws_lambda_powertools/{part}"
        for part in (
            "event_handler",
            "metrics/provider/datadog",
            "utilities/auth_alpha",
            "utilities/batch",
            "utilities/circuit_breaker",
            "utilities/data_classes",
            "utilities/data_masking",
            "utilities/feature_flags",
            "utilities/idempotency",
            "utilities/kafka",
            "utilities/parameters",
            "utilities/parser",
            "utilities/streaming",
            "utilities/validation",
        )
    ),
)
_LEFT_OUT_SUFFIXES = (".pyi", ".h", ".lock", ".js", ".css", ".pyc")
"""Types, C headers, uv's lock, Swagger UI, bytecode of the machine that builds."""

_KEPT_METADATA = {"METADATA"}
"""Vulnerability scanners of Lambda code tell packages and versions by it."""


def is_needed(path: Path) -> bool:
    """Whether the file at `path`, relative to the package's root, is needed at run time."""
    if path.name.endswith(_LEFT_OUT_SUFFIXES) or any(path.is_relative_to(tree) for tree in _LEFT_OUT_TREES):
        return False
    if path.parts[0].endswith(".dist-info"):
        return path.name in _KEPT_METADATA or "licenses" in path.parts
    if path.is_relative_to("charset_normalizer") and path.suffix == ".so":
        return False  # its .py twin does: we never let it guess
    if path.is_relative_to("botocore/data") and path.name.startswith("examples-"):
        return False  # of the documentation
    if path.is_relative_to("botocore/data") and len(path.parts) > 3:
        return KEPT_APIS.get(path.parts[2]) == path.parts[3]
    return True
