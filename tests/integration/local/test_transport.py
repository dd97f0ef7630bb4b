from __future__ import annotations

import json
from typing import Any

from local.provisioning.transport import without_tls_demand

TLS_ONLY = {
    "Effect": "Deny",
    "Principal": {"AWS": "*"},
    "Action": "sqs:*",
    "Resource": "*",
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}
OTHERS_REFUSED = {**TLS_ONLY, "Condition": {"StringNotEquals": {"aws:PrincipalAccount": "111111111111"}}}


def document(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


def test_only_the_demand_for_tls_is_left_out_of_a_policy() -> None:
    left = without_tls_demand(document(TLS_ONLY, OTHERS_REFUSED))
    assert json.loads(left) == json.loads(document(OTHERS_REFUSED))


def test_nothing_is_left_of_a_policy_that_only_demands_tls() -> None:
    assert without_tls_demand(document(TLS_ONLY)) == ""
