"""What to do, where several checks advise the same."""

DEPLOY = "`pulumi refresh`, then `pulumi up`; CloudTrail names who changed it."
