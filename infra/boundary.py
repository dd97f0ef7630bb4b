"""The most that the stage's roles may ever be allowed: policies that the bootstrap program makes."""

from infra.stage import Stage

FUNCTIONS = "tollgate-boundary"
SERVICES = "tollgate-service-boundary"


def functions_boundary(stage: Stage) -> str:
    """The ARN of the boundary for the roles of functions."""
    return _arn(stage, FUNCTIONS)


def services_boundary(stage: Stage) -> str:
    """The ARN of the boundary for roles that AWS services take: for logs, backups, exports."""
    return _arn(stage, SERVICES)


def _arn(stage: Stage, name: str) -> str:
    return f"arn:aws:iam::{stage.account_id}:policy/{name}"
