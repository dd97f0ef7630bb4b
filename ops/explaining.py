"""Every expected failure of a command, told in a sentence with what to do next."""

from typing import Any

import requests
import typer
from botocore import exceptions as aws
from typer.core import TyperGroup

from onboarding.failure import Failure
from ops.terminal import notes
from tollgate.adapters.clients_table import Conflict

NO_CREDENTIALS = (
    aws.NoCredentialsError,
    aws.PartialCredentialsError,
    aws.CredentialRetrievalError,
    aws.TokenRetrievalError,
    aws.ProfileNotFound,
    aws.SSOError,
)
UNREACHABLE = (aws.ConnectionError, aws.HTTPClientError, requests.ConnectionError, requests.Timeout)


class ExplainingGroup(TyperGroup):
    """Commands that end with exit code 1 and advice where they would end with a traceback."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except Exception as error:
            failure = explained(error)
            if failure is None:
                raise
            notes.print(failure.reason, style="bold red", markup=False, soft_wrap=True)
            notes.print(failure.remedy, markup=False, soft_wrap=True)
            raise typer.Exit(1) from None


def explained(error: Exception) -> Failure | None:
    """The error in words for the command's user, or None if nobody expected it."""
    match error:
        case Failure():
            return error
        case Conflict():
            return Failure(str(error), "Somebody else changed it at the same time. Run it again.")
        case aws.ClientError():
            return _refused_by_aws(error)
    if isinstance(error, NO_CREDENTIALS):
        return Failure(f"No AWS credentials: {error}", "Log in (AWS_PROFILE, aws sso login) and repeat.")
    if isinstance(error, UNREACHABLE):
        return Failure(
            f"No connection: {error}",
            "Start the laptop cloud (`make run`) and leave it running, or check the network.",
        )
    return None


def _refused_by_aws(error: aws.ClientError) -> Failure:
    reason = error.response["Error"]
    return Failure(
        f"AWS refused {error.operation_name}: {reason['Code']}: {reason.get('Message', '')}",
        "If access is denied, take a role that is among the stack's tollgate:operators. If something isn't "
        "found, deploy the stack first.",
    )
