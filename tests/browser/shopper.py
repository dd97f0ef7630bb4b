"""Whoever buys in the laptop's shop, by what is to be seen there."""

from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import FrameLocator, Locator, Page, expect

VISA = "4539858876047062"
AMEX = "340000000000000"
PAID = "Paid. Thank you!"
RESOLVED = 240_000
"""Milliseconds within which a payment that was interrupted is decided, on a busy machine."""


@dataclass
class Shopper:
    page: Page
    shop_url: str
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def choose(self, thing: str = "A mug", **query: str) -> None:
        """Come in, and choose a thing to buy."""
        pairs = "&".join(f"{name}={value}" for name, value in query.items())
        self.page.goto(f"{self.shop_url}?{pairs}")
        self.page.get_by_role("button", name=thing).click()
        expect(self.field("number")).to_be_visible()

    @property
    def card(self) -> FrameLocator:
        return self.page.frame_locator("#card iframe")

    def field(self, name: str) -> Locator:
        return self.card.locator(f"#{name}")

    def type_card(
        self, number: str = VISA, expiry: str = "1234", code: str = "123", name: str = "Ada Lovelace"
    ) -> None:
        for place, text in {"number": number, "expiry": expiry, "code": code, "name": name}.items():
            self.field(place).press_sequentially(text)

    def pay(self, processor: str = "works") -> None:
        self.page.get_by_label("The processor").select_option(processor)
        self.page.get_by_role("button", name="Pay", exact=True).click()

    @property
    def message(self) -> Locator:
        return self.page.locator("#message")

    def hears(self, words: str, within: int = RESOLVED) -> None:
        expect(self.message).to_contain_text(words, timeout=within)

    @property
    def order(self) -> str:
        return parse_qs(urlsplit(self.page.url).query)["order"][0]
