"""The processor, for the functions that move money."""

import json
from functools import cache

from tollgate.adapters import aws
from tollgate.adapters.circuit_breaker import CircuitBreaker
from tollgate.adapters.measured_calls import measured
from tollgate.adapters.payments_table import PaymentsTable
from tollgate.adapters.payroc import Payroc, PayrocAccount
from tollgate.adapters.processor_credentials import ProcessorCredentials
from tollgate.adapters.wrapped_processor import WrappedProcessor
from tollgate.config import ConfigError, text
from tollgate.domain.follow_up import FollowUpRules
from tollgate.operations.execution import Ports
from tollgate.ports import Processor
from tollgate.wiring.shared import CLOCK


def money_ports() -> Ports:
    """Reads `PAYMENTS_TABLE`, `PROCESSOR_ACCOUNTS` and `FOLLOW_UP`. Raises `ConfigError`."""
    payments = PaymentsTable(aws.client("dynamodb"), text("PAYMENTS_TABLE"))
    return Ports(payments, processor(), CLOCK, follow_up_rules())


def processor() -> Processor:
    accounts = processor_accounts()
    secrets = {name: account.secret for name, account in accounts.items()}
    payroc = Payroc(accounts, ProcessorCredentials(aws.client("secretsmanager"), secrets, CLOCK))
    return WrappedProcessor(WrappedProcessor(payroc, circuit_breaker()), measured)


@cache
def circuit_breaker() -> CircuitBreaker:
    return CircuitBreaker()


def follow_up_rules() -> FollowUpRules:
    """`FOLLOW_UP`: JSON `{"first_seconds", "longest_seconds", "not_found_seconds", "watch_seconds"}`."""
    key = "FOLLOW_UP"
    try:
        given: dict[str, int] = json.loads(text(key))
        return FollowUpRules(
            first=int(given["first_seconds"]),
            longest=int(given["longest_seconds"]),
            not_found=int(given["not_found_seconds"]),
            watch=int(given["watch_seconds"]),
        )
    except (ValueError, TypeError, KeyError) as error:
        raise ConfigError(key, f"isn't the JSON object that it should be: {error}") from None


def processor_accounts() -> dict[str, PayrocAccount]:
    """`PROCESSOR_ACCOUNTS`: JSON `{account: {"api_url", "identity_url", "secret"}}`, at least one."""
    key = "PROCESSOR_ACCOUNTS"
    try:
        entries: dict[str, dict[str, str]] = json.loads(text(key))
        found = {name: PayrocAccount(**entry) for name, entry in entries.items()}
    except (ValueError, TypeError, AttributeError) as error:
        raise ConfigError(key, f"isn't a JSON object of accounts: {error}") from None
    if not found:
        raise ConfigError(key, "names no account")
    return found
