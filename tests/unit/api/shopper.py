"""Somebody's page with a checkout session of `mer_one`: it has the secret, and no access token."""

from dataclasses import dataclass
from typing import Any

from tests.unit.api.caller import Answer, Api

OPEN, READ = "POST /v1/checkout_sessions", "GET /v1/checkout_sessions/{id}"
PAY, VIEW = "POST /v1/checkout_sessions/{id}/pay", "POST /v1/checkout_sessions/{id}/view"
SHOP = "https://shop.example"
DECLINED_AMOUNT = 4901
TERMS: dict[str, Any] = {"amount": 10_000, "currency": "USD", "reference": "order-1", "origins": [SHOP]}


@dataclass
class Shopper:
    api: Api
    session: dict[str, Any]

    @classmethod
    def comes_to(cls, api: Api, **terms: Any) -> "Shopper":
        opened = api.call(OPEN, {**TERMS, **terms})
        assert opened.status == 201, opened.content
        return cls(api, opened.body)

    def card(self, **card: Any) -> str:
        return self.api.card_keys.encrypt("mer_one", **{"iat": self.api.clock.now() // 1000, **card})

    def pays(self, jwe: str | None = None, **request: Any) -> Answer:
        """Clicks, with a new ciphertext unless one is given."""
        body = {"encrypted_card": jwe or self.card(), "client_secret": self.session["client_secret"]}
        return self._sends(PAY, {**body, **request})

    def looks(self, **request: Any) -> Answer:
        return self._sends(VIEW, {"client_secret": self.session["client_secret"], **request})

    def hears(self, jwe: str | None = None) -> str:
        """What the page is told of its attempt."""
        answer = self.pays(jwe)
        assert answer.status == 200, answer.content
        return answer.body["status"]

    def merchant_sees(self) -> tuple[str, str | None]:
        """Status and payment, as the merchant's server reads them."""
        session = self.api.call(READ, id=self.session["id"]).body
        return session["status"], session["payment"]

    def _sends(self, route: str, body: dict[str, Any]) -> Answer:
        headers = {"Origin": SHOP}
        return self.api.call(route, body, key="", headers=headers, anonymous=True, id=self.session["id"])
