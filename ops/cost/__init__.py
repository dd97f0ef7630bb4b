"""What a stage costs: by the month whether it is used or not, by the payment, and for what it keeps.

Counted from the stack's graph (`fixed`, `kept`) and from what a payment uses (usage.toml, which the bench's
tests hold), at the prices of prices.toml. Nothing is asked of AWS.
"""
