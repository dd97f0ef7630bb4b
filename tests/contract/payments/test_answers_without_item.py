"""A failed condition whose answer lacks the item is an error: to take it for success would charge again."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.examples import merchant, payment
from tollgate.adapters.payments_table import PaymentsTable


class Forgetful:
    """A store that doesn't say which item made the condition fail."""

    def put_item(self, **_: Any) -> Any:
        raise ClientError({"Error": {"Code": "ConditionalCheckFailedException", "Message": ""}}, "PutItem")


def test_a_taken_id_without_its_payment_is_not_taken_for_a_free_one() -> None:
    with pytest.raises(ClientError):
        PaymentsTable(Forgetful(), "payments").add(payment(), merchant())
