"""What a payment costs: AWS calls, units, bytes and instructions, beside two other designs.

`article` is the design of a typical article, built as such an article shows it; `floor` the least that keeps
a payment safe, without an SDK. `python -m bench --help`.
"""
