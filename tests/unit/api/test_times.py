"""Times in filters: all that RFC 3339 allows, and nothing else."""

import pytest

from tests.examples import NOW
from tests.unit.api.caller import Api
from tollgate.domain.audit import timestamp

LIST = "GET /v1/payments"
MADE = "2027-01-15T08:00:00.000Z"


def listed(api: Api, **query: str) -> int:
    answer = api.call(LIST, query=query)
    assert answer.status == 200, answer.content
    return len(answer.body["data"])


@pytest.mark.parametrize(
    "same",
    [
        "2027-01-15T08:00:00Z",
        "2027-01-15t08:00:00z",
        "2027-01-15 08:00:00Z",
        "2027-01-15T08:00:00.0Z",
        "2027-01-15T08:00:00.000000000000000Z",
        "2027-01-15T10:30:00+02:30",
        "2027-01-14T22:00:00-10:00",
        "2027-01-15T08:00:00-00:00",
        "2027-01-16T07:59:00+23:59",
    ],
)
def test_one_moment_in_every_form(api: Api, same: str) -> None:
    assert timestamp(NOW) == MADE
    api.pay()
    assert (listed(api, created_from=same), listed(api, created_to=same)) == (1, 0)


def test_a_fraction_of_a_millisecond_counts(api: Api) -> None:
    api.pay()
    assert listed(api, created_from="2027-01-15T08:00:00.0000000001Z") == 0
    assert listed(api, created_to="2027-01-15T08:00:00.0000000001Z") == 1


def test_a_leap_second_is_the_first_moment_of_the_next_day(api: Api) -> None:
    api.clock.advance(16 * 3_600_000)
    made = api.pay().body["created_at"]
    assert made == "2027-01-16T00:00:00.000Z"
    for leap in ("2027-01-15T23:59:60Z", "2027-01-16T01:59:60+02:00"):
        assert (listed(api, created_from=leap), listed(api, created_to=leap)) == (1, 0)


@pytest.mark.parametrize(
    "early", ["0000-01-01T00:00:00Z", "0001-01-01T00:00:00+23:59", "1969-12-31T23:59:59Z"]
)
@pytest.mark.parametrize("late", ["9999-12-31T23:59:59-23:59", "2286-11-20T17:46:40Z"])
def test_the_ends_of_time_hold_everything(api: Api, early: str, late: str) -> None:
    api.pay()
    assert listed(api, created_from=early, created_to=late) == 1
    assert (listed(api, created_to=early), listed(api, created_from=late)) == (0, 0)


@pytest.mark.parametrize(
    "wrong",
    [
        "2027-01-15",
        "2027-01-15T08:00:00",
        "2027-01-15T08:00Z",
        "2027-1-15T08:00:00Z",
        "2027-02-29T08:00:00Z",
        "2027-01-15T24:00:00Z",
        "2027-01-15T08:60:00Z",
        "2027-01-15T08:00:60Z",
        "2027-01-15T08:00:61Z",
        "2027-01-15T08:00:00.Z",
        "2027-01-15T08:00:00+24:00",
        "2027-01-15T08:00:00+01:60",
        "2027-01-15T08:00:00+0100",
        "2027-01-15T08:00:00 01:00",
        "\uff12027-01-15T08:00:00Z",
        "1800000000",
        " 2027-01-15T08:00:00Z",
    ],
)
def test_what_is_no_rfc_3339_time_is_refused(api: Api, wrong: str) -> None:
    refused = api.call(LIST, query={"created_from": wrong})
    assert (refused.code, refused.body["errors"][0]["pointer"]) == ("invalid_request", "created_from")


@pytest.mark.parametrize("reference", ["a\x00", "\x7f", "\ud800"])
def test_a_filter_of_text_that_nothing_can_have_is_refused(api: Api, reference: str) -> None:
    assert api.call(LIST, query={"reference": reference}).code == "invalid_request"
