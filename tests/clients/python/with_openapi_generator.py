"""Pays with the Python client that OpenAPI Generator makes."""

import json
import os
import uuid

from openapi_client import (
    ApiClient,
    ByEncryptedCard,
    CaptureRequest,
    Configuration,
    PaymentRequest,
    PaymentRequestPaymentMethod,
    PaymentsApi,
    RefundRequest,
    RefundsApi,
)
from openapi_client.exceptions import ApiException

client = ApiClient(Configuration(host=os.environ["BASE_URL"], access_token=os.environ["ACCESS_TOKEN"]))
payments, refunds = PaymentsApi(client), RefundsApi(client)
card = ByEncryptedCard(encrypted_card=os.environ["ENCRYPTED_CARD"])
request = PaymentRequest(
    amount=4999,
    currency="USD",
    capture_method="manual",
    payment_method=PaymentRequestPaymentMethod(card),
)
made = payments.create_payment(str(uuid.uuid4()), request)
read = payments.get_payment(made.id)
captured = payments.capture_payment(made.id, str(uuid.uuid4()), capture_request=CaptureRequest())
refund = refunds.create_refund(made.id, str(uuid.uuid4()), refund_request=RefundRequest(amount=1500))
try:
    refunds.create_refund(made.id, str(uuid.uuid4()), refund_request=RefundRequest(amount=4000))
    problem = None
except ApiException as error:
    problem = error.data.code
print(
    json.dumps(
        {
            "id": made.id,
            "made": made.status,
            "read": read.status,
            "created_at": read.created_at.isoformat(),
            "captured": captured.amount_captured,
            "refund": refund.status,
            "problem": problem,
        }
    )
)
