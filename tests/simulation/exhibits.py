"""The bugs of the museum: what went wrong, and where."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from tests.simulation.mutants import forgetful, possible, published


@dataclass(frozen=True)
class Exhibit:
    """A bug. `where`: whose it was; `mutant`: makes it ours for a while; `flows`: where to look; `given`:
    what its schedules begin with, where to find that, too, would take half a minute; `guided`: by the guided
    search, as it takes more than two deviations; `by`: the invariant that has to notice it, where another one
    sees a lesser consequence first."""

    bug: str
    where: str
    mutant: Callable[[], AbstractContextManager[None]]
    flows: tuple[str, ...]
    given: str = ""
    guided: bool = False
    by: str | None = None


def _hyperswitch(number: int, kind: str = "issues") -> str:
    return f"[Hyperswitch #{number}](https://github.com/juspay/hyperswitch/{kind}/{number})"


def _kill_bill(number: int) -> str:
    return f"[Kill Bill #{number}](https://github.com/killbill/killbill/issues/{number})"


def _powertools(number: int) -> str:
    return f"[Powertools for AWS Lambda #{number}](https://github.com/aws-powertools/powertools-lambda-python/issues/{number})"


FOUND_HERE = "Ours: found by this simulation, and fixed"
FOUND_BY_FAULTS = "Ours: found by `tollgate faults --every-pair`, and fixed"
FOUND_BY_READING = "Ours: found by reading, and fixed"
FOUND_OVER_HTTP = "Ours: found by reading, shown over HTTP, and fixed"
POSSIBLE = "Nobody's that we know of: the mistake that this design invites"

EXHIBITS = (
    Exhibit(
        "Two refunds at once are each checked against the balance before the other: together they exceed "
        "what was taken.",
        _hyperswitch(13182),
        published.refund_checked_before_the_race,
        ("refund-against-refund",),
    ),
    Exhibit(
        "A refund of a negative amount passes the check against the balance.",
        _hyperswitch(11491, "pull"),
        published.negative_refund,
        ("refund-of-less-than-nothing",),
    ),
    Exhibit(
        "A late result is written over a final one.",
        _hyperswitch(9925),
        published.last_writer_wins,
        ("capture-in-parts",),
        given="4=twice",
    ),
    Exhibit(
        "What the processor's books don't show yet is declared failed.",
        "Hyperswitch's payment sync: failed when its retries are over and there is no connector reference",
        published.absence_counts_at_once,
        ("create-by-card-slow-books",),
    ),
    Exhibit(
        "Each send of one operation has a new idempotency key.",
        "Hyperswitch's Volt connector: a fresh UUID for every request",
        published.fresh_key_for_each_send,
        ("create", "refund-against-refund"),
    ),
    Exhibit(
        "An outcome that isn't known is written down as a failure, while the charge may be under way.",
        _kill_bill(660),
        published.timeout_is_failure,
        ("create",),
    ),
    Exhibit(
        "The follow-up takes no lock: it works on an operation whose own request is still at it.",
        _kill_bill(338),
        published.no_lock,
        ("capture-against-void",),
    ),
    Exhibit(
        "A new operation starts on a payment whose last one has no known outcome.",
        _kill_bill(639),
        published.unknown_is_passed_over,
        ("refund-against-refund",),
    ),
    Exhibit(
        "After a function's timeout its idempotency record counts as expired: the charge is run again.",
        _powertools(8049),
        published.run_again_after_timeout,
        ("recover-card",),
    ),
    Exhibit(
        "A request that died is in progress for ever.",
        _powertools(4759),
        published.stuck_in_progress,
        ("create",),
    ),
    Exhibit(
        "A refused resend is taken for the operation's result, though the first request is on its way.",
        FOUND_HERE,
        possible.refused_resend_is_the_answer,
        ("refund-in-turn",),
        given="4=lose_answer",
    ),
    Exhibit(
        "A declined reversal of a partial approval is asked for again under the same key, which answers the "
        "same for ever.",
        FOUND_HERE,
        possible.one_key_for_all_reversals,
        ("release-part",),
    ),
    Exhibit(
        "The reversal of a late charge fails once, and nobody tries again.",
        FOUND_HERE,
        possible.refused_reversal_given_up,
        ("create-by-card",),
        given="8=very_late",
    ),
    Exhibit(
        "The books' silence counts although the look has just sent the request again, and heard nothing.",
        FOUND_BY_FAULTS,
        possible.absence_although_sent_again,
        ("create-minutes-of-silence",),
        given="5=lose_request,19=lose_request",
    ),
    Exhibit(
        "The books' silence counts from the first time that a request was sent, not from the last.",
        FOUND_BY_FAULTS,
        possible.absence_counts_from_the_first_send,
        ("create-minutes-of-silence",),
        given="5=lose_request,19=lose_request",
    ),
    Exhibit(
        "A withdrawal deletes the row: sent twice by the client library, it removes the intent of the next "
        "request with the same key, while the processor works for it.",
        FOUND_OVER_HTTP,
        forgetful.withdrawal_deletes,
        ("create-again",),
        guided=True,
    ),
    Exhibit(
        "The first copy of an intent arrives after its own resend and its withdrawal, and is stored: what "
        "certainly never happened, by the caller's answer, is charged.",
        FOUND_OVER_HTTP,
        forgetful.late_intent_revives,
        ("create-and-give-up",),
        by="refused_means_nothing",
    ),
    Exhibit(
        "A refund is asked for while the batch is open: the gateway reverses the whole payment instead.",
        "[Active Merchant #2399](https://github.com/activemerchant/active_merchant/issues/2399)",
        possible.refund_in_an_open_batch,
        ("refund-against-refund",),
    ),
    Exhibit(
        "A refund in the books that an earlier one of the same amount has made is taken for ours.",
        _hyperswitch(2259),
        possible.earlier_refund_is_ours,
        ("refund-in-turn-closed-batch",),
        given="9=crash",
    ),
    Exhibit(
        "A late charge is reversed only, though its batch has closed.",
        FOUND_BY_READING,
        possible.late_charge_reversed_only,
        ("create-by-card-closing-batch",),
    ),
    Exhibit(
        "A lease ends before the call that it covers, and nobody looks before sending.",
        POSSIBLE,
        possible.lease_shorter_than_call,
        ("capture-against-void",),
    ),
    Exhibit(
        "An idempotency key is free again after an unknown outcome.",
        POSSIBLE,
        possible.key_freed_after_unknown,
        ("create",),
    ),
    Exhibit(
        "A resend that couldn't connect counts as proof that the first request never arrived.",
        POSSIBLE,
        possible.unreachable_means_never_reached,
        ("recover-charge", "recover-refund"),
    ),
    Exhibit(
        "A request is sent again when the processor has forgotten its key (seven days).",
        POSSIBLE,
        possible.resend_after_key_lifetime,
        ("create-week-of-silence",),
    ),
    Exhibit(
        "A follow-up depends on a message that may be lost.",
        POSSIBLE,
        possible.follow_up_by_message_alone,
        ("create-async",),
    ),
    Exhibit(
        "A partial approval is taken for the whole.",
        POSSIBLE,
        possible.partial_approval_taken,
        ("create",),
    ),
    Exhibit(
        "Nobody looks for a charge that shows up after its absence was believed.",
        POSSIBLE,
        possible.nobody_watches,
        ("create-by-card",),
    ),
    Exhibit(
        "What a follow-up resolves leaves no audit record: only requests write them, beside the item.",
        POSSIBLE,
        possible.unrecorded_follow_up,
        ("create",),
    ),
    Exhibit(
        "A change delivered twice by the stream is recorded twice.",
        POSSIBLE,
        possible.record_for_each_delivery,
        ("create",),
    ),
    Exhibit(
        "One encrypted card pays under two idempotency keys.",
        POSSIBLE,
        possible.card_used_twice,
        ("create-one-card-two-keys",),
    ),
    Exhibit(
        "A payment is found by its id alone, whoever's it is.",
        POSSIBLE,
        possible.anybodys_payment,
        ("create",),
    ),
    Exhibit(
        "A replay shows the payment as it is today, not the answer that was given.",
        POSSIBLE,
        possible.replay_shows_today,
        ("capture-in-parts",),
    ),
    Exhibit(
        "The card's whole number is kept where its last four digits belong.",
        POSSIBLE,
        possible.whole_number_kept,
        ("create",),
    ),
)
