"""What CloudFront runs for a page of ours: it names in the page's policy who may show it.

A CloudFront function, in JavaScript, with the origins in its text: it can read nothing else.
"""

import json
from collections.abc import Collection, Mapping

from infra.fields.headers import CSP, policy

_CODE = """\
const ORIGINS = %(origins)s;
const POLICY = %(policy)s;

function handler(event) {
  const asked = event.request.querystring.merchant;
  const merchant = asked && !asked.multiValue ? asked.value : "";
  const origins = Object.prototype.hasOwnProperty.call(ORIGINS, merchant) ? ORIGINS[merchant] : null;
  if (event.context.eventType === "viewer-request") {
    if (origins) return event.request;
    return {
      statusCode: 404,
      statusDescription: "Not Found",
      headers: { "content-type": { value: "text/plain; charset=utf-8" } },
      body: "No pages are registered for this merchant.\\n",
    };
  }
  if (origins) event.response.headers[%(header)s] = { value: POLICY + origins.join(" ") };
  return event.response;
}
"""


def code(api: str, origins: Mapping[str, Collection[str]]) -> str:
    """The function's text. Without it a page goes out with `frame-ancestors 'none'` (`policy`)."""
    beginning = policy(api).removesuffix("'none'")
    known = {merchant: list(registered) for merchant, registered in sorted(origins.items())}
    return _CODE % {
        "origins": json.dumps(known, separators=(",", ":")),
        "policy": json.dumps(beginning),
        "header": json.dumps(CSP.lower()),
    }
