"""How a command ends when it can't go on."""


class Failure(Exception):
    """`reason` says what is wrong, `remedy` what to do next. Both are sentences for the command's user."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(f"{reason} {remedy}")
        self.reason = reason
        self.remedy = remedy
