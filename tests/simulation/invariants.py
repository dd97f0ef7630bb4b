"""What must hold in every world, in the words of the museum's page."""

INVARIANTS = {
    "accepted_order": "operations are carried out one after the other, and none is overtaken or lost",
    "answers_are_true": "no client hears of money that the processor's list doesn't show",
    "approved_means_done": "what is stored as approved took effect, for that amount",
    "bounded_work": "an operation makes a bounded number of calls",
    "converges": "once faults are over everything gets its outcome, and nothing is left in a queue",
    "intent_before_call": "the processor is called for what is stored only",
    "money_in_bounds": "given back ≤ captured ≤ authorized, with us and at the processor, at every instant",
    "no_card_data": "no card number is stored, logged, queued, recorded or answered",
    "no_lost_charge": "no effect without its payment, and nothing withdrawn that reached the processor",
    "one_charge_per_key": "one idempotency key makes one charge",
    "one_effect_per_operation": "an operation takes effect once",
    "one_key_one_request": "a key of the processor's is used for one operation",
    "one_record_per_change": "the trail has one record a change, in an unbroken chain, and a use of a card",
    "one_use_per_encrypted_card": "an encrypted card is used for one request",
    "refused_means_nothing": "a request that was refused left nothing",
    "replay_is_identical": "a key hears its first final answer again, for ever",
    "tenant_isolation": "nobody hears of another merchant's payments",
    "terminal_absorbs": "an outcome once stored stays, and an ended payment stays ended",
    "unknown_needs_evidence": "a no is stored only if the processor said so, or its state excludes it",
    "views_agree": "in the end the API, the table and the processor's list say the same",
}
"""By the name that a violation has."""
