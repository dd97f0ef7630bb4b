"""Pays with the client that openapi-python-client makes."""

import json
import os
import uuid

from tollgate_client import AuthenticatedClient
from tollgate_client.api.payments import capture_payment, create_payment, get_payment
from tollgate_client.api.refunds import create_refund
from tollgate_client.models import (
    ByEncryptedCard,
    CaptureRequest,
    PaymentRequest,
    PaymentRequestCaptureMethod,
    RefundRequest,
)

client = AuthenticatedClient(base_url=os.environ["BASE_URL"], token=os.environ["ACCESS_TOKEN"])
request = PaymentRequest(
    amount=4999,
    currency="USD",
    capture_method=PaymentRequestCaptureMethod.MANUAL,
    payment_method=ByEncryptedCard(encrypted_card=os.environ["ENCRYPTED_CARD"]),
)
made = create_payment.sync(client=client, body=request, idempotency_key=str(uuid.uuid4()))
read = get_payment.sync(made.id, client=client)
captured = capture_payment.sync(
    made.id, client=client, body=CaptureRequest(), idempotency_key=str(uuid.uuid4())
)
refund = create_refund.sync(
    made.id, client=client, body=RefundRequest(amount=1500), idempotency_key=str(uuid.uuid4())
)
problem = create_refund.sync(
    made.id, client=client, body=RefundRequest(amount=4000), idempotency_key=str(uuid.uuid4())
)
print(
    json.dumps(
        {
            "id": made.id,
            "made": made.status,
            "read": read.status,
            "created_at": read.created_at.isoformat(),
            "captured": captured.amount_captured,
            "refund": refund.status,
            "problem": problem.code,
        }
    )
)
