"""The processor, for the functions that move money."""

import json

from tollgate.adapters import aws
from tollgate.adapters.payments_table import PaymentsTable
from tollgate.adapters.payroc import Payroc, PayrocAccount
from tollgate.adapters.processor_credentials import ProcessorCredentials
from tollgate.config import ConfigError, text
from tollgate.operations.perform import Ports
from tollgate.wiring.shared import CLOCK


def money_ports() -> Ports:
    """Reads `PAYMENTS_TABLE` and `PROCESSOR_ACCOUNTS`. Raises `ConfigError`."""
    accounts = processor_accounts()
    secrets = {name: account.secret for name, account in accounts.items()}
    credentials = ProcessorCredentials(aws.client("secretsmanager"), secrets, CLOCK)
    payments = PaymentsTable(aws.client("dynamodb"), text("PAYMENTS_TABLE"))
    return Ports(payments, Payroc(accounts, credentials), CLOCK)


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
