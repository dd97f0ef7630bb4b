"""What a stage takes before it breaks: every ceiling on a payment's way, and what load does to them.

Read from the stack's graph (`limits`), from what a payment uses (ops/cost/usage.toml, which the bench's tests
hold) and from AWS's quotas (quotas.toml). Nothing is asked of AWS, and no time is measured.
"""
