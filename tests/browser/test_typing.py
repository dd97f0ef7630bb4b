"""What happens in the card fields while somebody types."""

import pytest
from playwright.sync_api import expect

from tests.browser.shopper import AMEX, VISA, Shopper


def test_a_wrong_number_is_told_at_once_and_nothing_is_sent(shopper: Shopper) -> None:
    sent: list[str] = []
    shopper.page.on("request", lambda request: sent.append(request.url))
    shopper.choose()
    shopper.type_card(number="4539858876047063")
    number, error = shopper.field("number"), shopper.card.locator("#number-error")
    expect(error).to_have_text("This isn't a card number. Look for a typing error.")
    expect(error).to_have_attribute("aria-live", "polite")
    expect(number).to_have_attribute("aria-invalid", "true")
    assert "number-error" in str(number.get_attribute("aria-describedby"))
    shopper.pay()
    shopper.hears("Look at your card's details again.")
    # `to_be_focused` asks whether the frame's window has the focus, too, which depends on the browser's own.
    shopper.page.wait_for_function("() => document.activeElement.localName === 'iframe'")
    assert number.evaluate("field => document.activeElement === field")
    assert not [url for url in sent if url.endswith("/payment")]

    number.fill(VISA)
    expect(error).to_be_empty()
    expect(number).to_have_attribute("aria-invalid", "false")


def test_nothing_is_wrong_before_somebody_has_typed(shopper: Shopper) -> None:
    shopper.choose()
    shopper.field("number").focus()
    shopper.field("name").focus()
    expect(shopper.card.locator(".error:not(:empty)")).to_have_count(0)
    shopper.pay()
    expect(shopper.card.locator(".error:not(:empty)")).to_have_count(4)


def test_the_caret_stays_where_somebody_types(shopper: Shopper) -> None:
    shopper.choose()
    number = shopper.field("number")
    number.press_sequentially("4539858876047062")
    number.evaluate("input => input.setSelectionRange(2, 2)")
    number.press_sequentially("11")
    assert number.input_value() == "4511 3985 8876 0470 62"
    assert number.evaluate("input => input.selectionStart") == 4
    number.press("Backspace")
    number.press("Backspace")
    assert number.input_value() == "4539 8588 7604 7062"
    assert number.evaluate("input => input.selectionStart") == 2
    number.evaluate("input => input.setSelectionRange(5, 5)")
    number.press("Backspace")
    number.press("Backspace")
    assert number.input_value() == "4538 5887 6047 062"


def test_an_expiry_can_be_corrected_by_the_keyboard(shopper: Shopper) -> None:
    shopper.choose()
    expiry = shopper.field("expiry")
    expiry.press_sequentially("534")
    assert expiry.input_value() == "05 / 34"
    for _ in range(4):
        expiry.press("Backspace")
    assert expiry.input_value() == ""


def test_american_express_has_its_groups_and_a_code_of_four(shopper: Shopper) -> None:
    shopper.choose()
    shopper.type_card(number=AMEX, code="123")
    assert shopper.field("number").input_value() == "3400 000000 00000"
    expect(shopper.card.locator("#brand")).to_have_text("Amex")
    expect(shopper.card.locator("#code-error")).to_have_text("The security code is incomplete.")
    shopper.field("code").press_sequentially("4")
    expect(shopper.card.locator("#code-error")).to_be_empty()


def test_what_a_browser_fills_in_is_taken(shopper: Shopper) -> None:
    """Autofill sets a value and sends `input`, without a key and without the focus."""
    shopper.choose()
    for field, hint, value in (
        ("number", "cc-number", VISA),
        ("expiry", "cc-exp", "12/2034"),
        ("code", "cc-csc", "123"),
        ("name", "cc-name", "Ada Lovelace"),
    ):
        expect(shopper.field(field)).to_have_attribute("autocomplete", hint)
        shopper.field(field).evaluate(
            "(input, value) => { input.value = value; input.dispatchEvent(new Event('input')); }", value
        )
    assert shopper.field("number").input_value() == "4539 8588 7604 7062"
    assert shopper.field("expiry").input_value() == "12 / 2034"
    expect(shopper.card.locator(".error:not(:empty)")).to_have_count(0)


def test_phones_show_digits(shopper: Shopper) -> None:
    shopper.choose()
    for field in ("number", "expiry", "code"):
        expect(shopper.field(field)).to_have_attribute("inputmode", "numeric")


@pytest.mark.parametrize(
    ("locale", "label"),
    [
        ("en", "Card number"),
        ("de-AT", "Kartennummer"),
        ("fr", "Numéro de carte"),
        ("es", "Número de tarjeta"),
        ("ja", "カード番号"),
        ("pt", "Card number"),
    ],
)
def test_the_fields_speak_the_shoppers_language(shopper: Shopper, locale: str, label: str) -> None:
    shopper.choose(locale=locale)
    expect(shopper.card.get_by_label(label, exact=True)).to_be_visible()


def test_the_keyboard_alone_will_do(shopper: Shopper) -> None:
    shopper.choose()
    shopper.field("number").focus()
    for text in (VISA, "1234", "123"):
        shopper.page.keyboard.type(text)
        shopper.page.keyboard.press("Tab")
    expect(shopper.field("name")).to_be_focused()
    shopper.page.keyboard.press("Enter")
    shopper.hears("Look at your card's details again.")
    expect(shopper.card.locator("#name-error")).to_have_text("Enter the name on the card.")
