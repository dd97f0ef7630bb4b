"""The exchanges of `tollgate uat`, with the simulator: what they find, keep and compare."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from onboarding.failure import Failure
from ops.uat.bench import CARD
from ops.uat.exchanges import EXCHANGES
from ops.uat.hosts import Hosts
from ops.uat.redaction import NotRedacted, saved
from ops.uat.run import Verdict, carry_out, compare, fixture
from tests.contract.processor.scene import API_KEY, running


@pytest.fixture
def hosts(tmp_path: Path) -> Iterator[Hosts]:
    with running(tmp_path / "simulator.jsonl") as simulator:
        yield Hosts.simulator(simulator.url, API_KEY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "kept"


def at_payroc(hosts: Hosts) -> Hosts:
    """The simulator as one that nobody can tell to close a batch, as Payroc is."""
    return Hosts(hosts.api_url, hosts.identity_url, hosts.terminal, hosts.api_key)


def at_once(_: float) -> None:
    """No pause: the simulator's books don't lag."""


def test_the_simulator_does_all_that_is_assumed_of_payroc(hosts: Hosts) -> None:
    found = {
        each.exchange.name: (each.verdict, each.differences, each.remark)
        for each in carry_out(hosts, pause=at_once)
    }

    assert len(found) > 30
    assert found == dict.fromkeys(EXCHANGES, (Verdict.HOLDS, [], ""))


def test_what_is_kept_has_no_card_no_code_and_no_key(hosts: Hosts, folder: Path) -> None:
    list(carry_out(hosts, folder, at_once))

    kept = {path.stem: path.read_text() for path in folder.glob("*.json")}
    assert kept.keys() >= EXCHANGES.keys()
    for secret in (CARD, '"123"', API_KEY, "Bearer "):
        assert not [name for name, text in kept.items() if secret in text]
    assert "453985******7062" in kept["sale"]


def test_a_secret_that_would_be_kept_ends_it() -> None:
    with pytest.raises(NotRedacted, match="a key"):
        saved({"note": "the key is s3cret"}, ["s3cret"])
    with pytest.raises(NotRedacted, match="a card number"):
        saved({CARD: "as a name"}, [])


def test_a_card_number_is_masked_wherever_it_is_said() -> None:
    said = json.loads(saved({"detail": [f"card {CARD} is bad"], "cardNumber": "4539858876047063"}, []))

    assert said == {"detail": ["card 453985******7062 is bad"], "cardNumber": "453985******7063"}


def test_what_needs_a_closed_batch_waits_for_another_run_which_asks_nothing_twice(
    hosts: Hosts, folder: Path
) -> None:
    first = {each.exchange.name: each for each in carry_out(at_payroc(hosts), folder, at_once)}
    waiting = {name for name, each in first.items() if each.verdict is Verdict.NOT_YET}
    kept = {path.name: path.read_bytes() for path in folder.glob("*-*.json")}

    bench_notes = json.loads((folder / "notes.json").read_text())
    again = {each.exchange.name: each.verdict for each in carry_out(at_payroc(hosts), folder, at_once)}

    assert waiting == {
        "capture-after-expiry",
        "reversal-in-a-closed-batch",
        "refund-in-a-closed-batch",
        "two-refunds-of-one-amount",
        "refund-of-too-much",
    }
    assert again == {name: each.verdict for name, each in first.items()}
    assert {path.name: path.read_bytes() for path in folder.glob("*-*.json")} == kept
    assert json.loads((folder / "notes.json").read_text()) == bench_notes


def test_the_simulator_is_held_against_what_is_kept(hosts: Hosts, folder: Path) -> None:
    with pytest.raises(Failure, match="no exchange"):
        list(compare(folder, hosts, at_once))
    list(carry_out(hosts, folder, at_once))
    path = fixture(folder, EXCHANGES["sale"])
    said = json.loads(path.read_text())
    said["observed"]["status"] = "accepted"
    path.write_text(json.dumps(said))

    different = {name: lines for name, lines in compare(folder, hosts, at_once) if lines}

    assert different == {"sale": ["status: 'accepted' was assumed, 'ready' observed"]}


@pytest.mark.parametrize(
    "url",
    [
        "https://api.payroc.com/v1",
        "https://api.uat.payroc.com.example/v1",
        "http://api.uat.payroc.com/v1",
        "https://uat.payroc.com@example.com/v1",
    ],
)
def test_no_host_but_those_for_tests_is_ever_asked(url: str) -> None:
    for hosts in ((url, "https://identity.uat.payroc.com"), ("https://api.uat.payroc.com/v1", url)):
        with pytest.raises(Failure, match="test environment"):
            Hosts(*hosts, terminal="1234001", api_key="key")


def test_payrocs_test_environment_needs_a_key_and_a_terminal() -> None:
    hosts = Hosts.payroc({"PAYROC_UAT_API_KEY": "key", "PAYROC_UAT_TERMINAL": "1234001"})

    assert hosts.api_url == "https://api.uat.payroc.com/v1"
    assert "key" not in repr(hosts).replace("api_key", "")
    with pytest.raises(Failure, match="PAYROC_UAT_TERMINAL"):
        Hosts.payroc({"PAYROC_UAT_API_KEY": "key"})


def test_a_key_that_is_refused_says_so(hosts: Hosts) -> None:
    wrong = Hosts(hosts.api_url, hosts.identity_url, hosts.terminal, "another", hosts.controls)
    with pytest.raises(Failure, match="401"):
        next(carry_out(wrong))
