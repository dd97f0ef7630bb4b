from typing import Any

import pytest

from tollgate.adapters.payroc import Limits, PayrocAccount

IDENTITY = "https://identity.payroc.com"


@pytest.mark.parametrize("url", ["https://api.payroc.com/v1", "http://127.0.0.1:8090/v1"])
def test_a_host_is_reached_over_tls_or_on_this_machine(url: str) -> None:
    assert PayrocAccount(url, IDENTITY, "processor-main").api_url == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "api.payroc.com",
        "http://api.payroc.com/v1",
        "ftp://127.0.0.1",
        "https://",
        "https://api.payroc.com/",
    ],
)
def test_a_bad_url_is_refused_by_its_name(url: str) -> None:
    with pytest.raises(ValueError, match=r"^api_url "):
        PayrocAccount(url, IDENTITY, "processor-main")
    with pytest.raises(ValueError, match=r"^identity_url "):
        PayrocAccount("https://api.payroc.com/v1", url, "processor-main")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("connect_seconds", 0),
        ("read_seconds", -1),
        ("budget_seconds", 18.1),
        ("budget_seconds", 0),
        ("sends", 0),
        ("backoff_seconds", -0.1),
    ],
)
def test_a_bad_limit_is_refused_by_its_name(field: str, value: Any) -> None:
    with pytest.raises(ValueError, match=f"^{field} "):
        Limits(**{field: value})
