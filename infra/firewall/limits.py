"""The firewall's own rules: how much one address may send, and how large a body may be.

What AWS's groups block is answered by the gateway (`WAF_FILTERED`). These rules answer with other statuses,
and a firewall's answer goes out as it is, past the gateway's. It can't name the request, and its media type
is plain JSON: `request_id` says where to look instead.
"""

import pulumi_aws as aws

from infra.firewall.visibility import visibility
from infra.gateway_responses import RATE_LIMITED, TOO_LARGE, Problem, problem_body
from infra.settings.edge import Edge

REQUEST_ID = "firewall"
WINDOW_SECONDS = 60
# The contract's limit. AWS WAF sees the first 16 KiB of a body; one beyond that counts as matching.
MAX_BODY_BYTES = 8 * 1024
ScopeDown = aws.wafv2.WebAclRuleStatementRateBasedStatementScopeDownStatementArgsDict


def posts_to(path: str, where: str) -> ScopeDown:
    """POST requests whose path has `path` in it, `where` AWS WAF says.

    The path as called: behind AWS's own name it begins with the stage, behind a custom domain it doesn't.
    """
    return {
        "and_statement": {
            "statements": [
                {
                    "byte_match_statement": {
                        "field_to_match": {"uri_path": {}},
                        "positional_constraint": where,
                        "search_string": path,
                        "text_transformations": [
                            {"priority": 0, "type": "URL_DECODE"},
                            {"priority": 1, "type": "NORMALIZE_PATH"},
                        ],
                    }
                },
                {
                    "byte_match_statement": {
                        "field_to_match": {"method": {}},
                        "positional_constraint": "EXACTLY",
                        "search_string": "POST",
                        "text_transformations": [{"priority": 0, "type": "NONE"}],
                    }
                },
            ]
        }
    }


def limit_rules(edge: Edge) -> list[aws.wafv2.WebAclRuleArgsDict]:
    """The limits as rules of a web ACL."""
    return [
        _rate("token-rate", 10, edge.token_requests_per_minute, posts_to("/oauth/token", "ENDS_WITH")),
        # Below a session are the calls of shoppers' pages.
        _rate("page-rate", 15, edge.page_requests_per_minute, posts_to("/v1/checkout_sessions/", "CONTAINS")),
        _rate("address-rate", 20, edge.requests_per_minute),
        _body_size(),
    ]


def response_bodies() -> list[aws.wafv2.WebAclCustomResponseBodyArgsDict]:
    """What the rules answer, by the problem's code."""
    return [
        {
            "key": problem.code,
            "content": problem_body(problem, REQUEST_ID),
            "content_type": "APPLICATION_JSON",
        }
        for problem in (RATE_LIMITED, TOO_LARGE)
    ]


def _rate(
    name: str, priority: int, limit: int, scope_down: ScopeDown | None = None
) -> aws.wafv2.WebAclRuleArgsDict:
    return {
        "name": name,
        "priority": priority,
        "action": _refuse(RATE_LIMITED, {"Retry-After": str(WINDOW_SECONDS)}),
        "statement": {
            "rate_based_statement": {
                "aggregate_key_type": "IP",
                "limit": limit,
                "evaluation_window_sec": WINDOW_SECONDS,
                "scope_down_statement": scope_down,
            }
        },
        "visibility_config": visibility(name),
    }


def _body_size() -> aws.wafv2.WebAclRuleArgsDict:
    return {
        "name": "body-size",
        "priority": 30,
        "action": _refuse(TOO_LARGE, {}),
        "statement": {
            "size_constraint_statement": {
                "field_to_match": {"body": {"oversize_handling": "MATCH"}},
                "comparison_operator": "GT",
                "size": MAX_BODY_BYTES,
                "text_transformations": [{"priority": 0, "type": "NONE"}],
            }
        },
        "visibility_config": visibility("body-size"),
    }


def _refuse(problem: Problem, headers: dict[str, str]) -> aws.wafv2.WebAclRuleActionArgsDict:
    sent = {"X-Request-Id": REQUEST_ID, "Cache-Control": "no-store", **headers}
    return {
        "block": {
            "custom_response": {
                "response_code": problem.status,
                "custom_response_body_key": problem.code,
                "response_headers": [{"name": name, "value": value} for name, value in sent.items()],
            }
        }
    }
