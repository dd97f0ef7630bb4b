"""How long anything may take, in milliseconds: the one place where the time of a request is divided.

The deployment's own figures, which this can't import, are held against it by
`tests/architecture/test_time_budget.py`.
"""

GATEWAY = 29_000
"""API Gateway answers 504 for us after that, whatever we do (its limit for an integration)."""

FUNCTION = 28_000
"""The functions that move money are ended then: with an answer of their own before the gateway's."""

STORAGE = 4_000
"""All reads and writes of ours around the processor's part. They take milliseconds as a rule; a request for
which they take longer is ended by FUNCTION, and what it began is followed up."""

CALL = 12_000
"""One operation at the processor, with its access token and all sends."""

LOOK_UP = 4_000
"""One look-up in the processor's books, with all its pages and sends."""

LOOK = STORAGE + CALL + 3 * LOOK_UP
"""One look at an open operation: the identical request again, then the books, and the texts of two refunds in
them. It must fit into a request, which takes one before it begins an operation of its own."""

PATIENCE = FUNCTION - STORAGE - CALL - LOOK_UP
"""What a request may have spent on an earlier operation if its own is still to be begun: by a call, and
a look into the books before it (how to give back) or after it (why it was refused)."""

LEASE = FUNCTION + 7_000
"""For so long whoever works on an operation has it alone: longer than any of them lives, or looks."""


def covers_a_call(lease_until: int, now: int) -> bool:
    """Whether an operation is its holder's alone until a call that begins now is over (milliseconds, UTC)."""
    return lease_until - now >= CALL
