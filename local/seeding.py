"""What a new laptop cloud holds: a card key, the simulator's credentials, two merchants with clients."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from local.installation import Seed
from onboarding import Stage, add_client, add_merchant, put_processor_credentials, rotate_card_key
from tollgate.domain.currency import CURRENCIES
from tollgate.domain.merchant import Scope

PROCESSOR_ACCOUNT = "local"  # the one of Pulumi.local.yaml, which is the simulator
USAGE_PLAN = "standard"
MERCHANTS = {"First local merchant": "1001", "Second local merchant": "1002"}


def seed(aws: Mapping[str, Any], simulator_api_key: str) -> list[Seed]:
    """Fill an empty deployment. `aws` has endpoint, credentials and region under local.json's keys."""
    stage = Stage.local(aws)
    rotate_card_key(stage)
    put_processor_credentials(stage, PROCESSOR_ACCOUNT, simulator_api_key)
    return [_seed_merchant(stage, name, terminal) for name, terminal in MERCHANTS.items()]


def _seed_merchant(stage: Stage, name: str, terminal: str) -> Seed:
    merchant = add_merchant(
        stage,
        name=name,
        account=PROCESSOR_ACCOUNT,
        terminal=terminal,
        currencies=CURRENCIES,
        multiple_captures=True,
    )
    client = add_client(stage, merchant.id, scopes=Scope, plan=USAGE_PLAN)
    return Seed(merchant.id, client.client_id, client.client_secret)
