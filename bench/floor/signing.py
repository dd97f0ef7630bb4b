"""AWS Signature Version 4 of a JSON call (the general reference's "Create a signed request")."""

import hashlib
import hmac
import os
import time

_SIGNED = "content-type;host;x-amz-date;x-amz-target"


def signed_headers(host: str, product: str, target: str, body: bytes) -> dict[str, str]:
    """The headers of a POST to `/`, with credentials and Region of the environment."""
    now = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    region = os.environ["AWS_REGION"]
    headers = {
        "content-type": "application/x-amz-json-1.0",
        "host": host,
        "x-amz-date": now,
        "x-amz-target": target,
    }
    canonical = "\n".join(
        ["POST", "/", "", *(f"{name}:{value}" for name, value in headers.items()), "", _SIGNED, _hex(body)]
    )
    scope = f"{now[:8]}/{region}/{product}/aws4_request"
    to_sign = f"AWS4-HMAC-SHA256\n{now}\n{scope}\n{_hex(canonical.encode())}"
    key = f"AWS4{os.environ['AWS_SECRET_ACCESS_KEY']}".encode()
    for part in (now[:8], region, product, "aws4_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    signature = hmac.digest(key, to_sign.encode(), "sha256").hex()
    credential = f"{os.environ['AWS_ACCESS_KEY_ID']}/{scope}"
    headers["authorization"] = (
        f"AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders={_SIGNED}, Signature={signature}"
    )
    return headers


def _hex(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
