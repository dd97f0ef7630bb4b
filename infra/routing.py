"""Which function serves which path of the contract. The contract itself is public and doesn't say."""

from collections.abc import Mapping

PATHS: Mapping[str, tuple[str, ...]] = {
    "identity": ("/health", "/.well-known/jwks.json", "/oauth/token", "/v1/me"),
    "tokens": ("/v1/tokens", "/v1/tokens/{id}"),
    "payments": (
        "/v1/payments",
        "/v1/payments/{id}",
        "/v1/payments/{id}/captures",
        "/v1/payments/{id}/void",
    ),
    "refunds": ("/v1/payments/{id}/refunds", "/v1/payments/{id}/refunds/{refund_id}"),
    "checkout": (
        "/v1/checkout_sessions",
        "/v1/checkout_sessions/{id}",
        "/v1/checkout_sessions/{id}/pay",
        "/v1/checkout_sessions/{id}/view",
    ),
    "audits": ("/v1/audits", "/v1/audits/{id}"),
    "events": ("/v1/events", "/v1/movements"),
    "webhooks": (
        "/v1/webhook_endpoints",
        "/v1/webhook_endpoints/{id}",
        "/v1/webhook_endpoints/{id}/roll_secret",
        "/v1/webhook_endpoints/{id}/test",
        "/v1/webhook_endpoints/{id}/deliveries",
        "/v1/events/{id}/redeliver",
    ),
}
FUNCTION_OF: Mapping[str, str] = {path: function for function, paths in PATHS.items() for path in paths}
