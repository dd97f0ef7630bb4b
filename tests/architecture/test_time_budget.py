"""The time of a request is divided in one place (`domain/budget.py`), and everything keeps to it."""

from infra import functions, gateway_document, messaging
from local.emulator import integration
from tests.architecture.imports import RUNTIME, imported_by, modules
from tollgate.adapters.payroc import Limits
from tollgate.adapters.payroc.settings import LOOK_UPS
from tollgate.domain import budget

MOVE_MONEY = ("payments", "refunds")


def test_the_gateway_and_the_functions_have_the_time_that_the_budget_says() -> None:
    assert gateway_document.INTEGRATION_TIMEOUT == integration.DEFAULT_TIMEOUT_MS == budget.GATEWAY
    for function in MOVE_MONEY:
        assert functions.TIMEOUT_SECONDS[function] * 1000 == budget.FUNCTION


def test_a_function_ends_with_an_answer_before_the_gateway_gives_up() -> None:
    assert budget.FUNCTION < budget.GATEWAY
    looks_first_and_is_too_late = budget.LOOK
    looks_first_and_is_in_time = budget.STORAGE + budget.PATIENCE + budget.CALL
    assert max(looks_first_and_is_too_late, looks_first_and_is_in_time) <= budget.FUNCTION
    assert budget.PATIENCE > 0


def test_a_lease_outlives_whoever_holds_it() -> None:
    holders = (*MOVE_MONEY, "worker")
    assert max(functions.TIMEOUT_SECONDS[each] * 1000 for each in holders) < budget.LEASE


def test_a_lease_covers_a_call_that_is_made_when_storage_has_taken_its_time() -> None:
    assert budget.STORAGE + budget.CALL < budget.LEASE


def test_the_worker_has_time_for_a_look_and_its_message_stays_hidden_meanwhile() -> None:
    worker = functions.TIMEOUT_SECONDS["worker"] * 1000
    assert budget.LOOK <= worker < messaging.VISIBILITY_SECONDS * 1000


def test_calls_of_the_processor_end_with_their_budget() -> None:
    assert Limits().budget_seconds * 1000 == budget.CALL
    assert LOOK_UPS.budget_seconds * 1000 == budget.LOOK_UP


def test_whoever_keeps_time_takes_it_from_the_budget() -> None:
    users = {
        path.relative_to(RUNTIME).as_posix()
        for path in modules(RUNTIME)
        if "tollgate.domain.budget" in imported_by(path)
    }
    assert users == {
        "adapters/payroc/settings.py",
        *(f"operations/{name}.py" for name in ("capture_payment", "create_payment")),
        *(f"operations/{name}.py" for name in ("follow_up", "leased", "perform")),
        *(f"operations/{name}.py" for name in ("refund_payment", "void_payment")),
    }
