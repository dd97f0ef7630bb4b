"""What CloudFront runs for a page of ours: it names in the frame's policy who may show it, and finds the page
of a session.

A CloudFront function, in JavaScript, with the origins in its text: it can read nothing else.
"""

import json
from collections.abc import Collection, Mapping

from infra.fields.headers import CSP, policy
from infra.fields.release import CHECKOUT, SESSIONS, path_of

_CODE = """\
const ORIGINS = %(origins)s;
const POLICY = %(policy)s;
const SESSIONS = %(sessions)s;
const HOSTED = %(hosted)s;

function handler(event) {
  if (event.request.uri.startsWith(SESSIONS)) {
    event.request.uri = HOSTED;
    return event.request;
  }
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
        "sessions": json.dumps(SESSIONS),
        "hosted": json.dumps(path_of(CHECKOUT)),
        "header": json.dumps(CSP.lower()),
    }
