"""Who is at the keyboard."""

from onboarding import Stage
from onboarding.failure import Failure

LOCAL = "local"


def principal(stage: Stage, name: str | None) -> str:
    """The IAM principal of the credentials; on the laptop, which has no people, the name that is given.

    Of an assumed role the session's name counts, too: a role is shared. Raises Failure.
    """
    if stage.name == LOCAL:
        if not name:
            raise Failure("The laptop doesn't know who you are.", "Say it: --as ann.")
        return f"{LOCAL}:{name}"
    if name:
        raise Failure("On AWS people are who their credentials say.", "Leave --as out.")
    return str(stage.session.client("sts").get_caller_identity()["Arn"])
