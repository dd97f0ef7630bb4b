"""The ARNs that a stage's resources have in its account, where the program's graph makes them up."""

from __future__ import annotations

from functools import cache

from onboarding import Stage

LOG_STREAMS = ":*"


class RealArns:
    """Asks the account for what AWS chose itself: keys' ids, the end of secrets' ARNs, the stream's time."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._key = cache(self._read_key)
        self._secret = cache(self._read_secret)
        self._stream = cache(self._read_stream)

    def of(self, name: str, made_up: str) -> str:
        """The ARN of the resource of that name (`Names`). Raises botocore's errors if it isn't there."""
        match name.split("/"):
            case ["key", noun]:
                return self._key(noun)
            case ["secret", noun]:
                return self._secret(noun)
            case ["table", noun, "stream"]:
                return self._stream(noun)
            case ["log-group", _, "*"]:
                # The simulator is asked about one stream, not about a pattern.
                return f"{made_up.removesuffix(LOG_STREAMS)}:log-stream:any"
        return made_up

    def _read_key(self, noun: str) -> str:
        found = self._stage.kms.describe_key(KeyId=self._stage.kms_key(noun))
        return found["KeyMetadata"]["Arn"]

    def _read_secret(self, noun: str) -> str:
        found = self._stage.secretsmanager.describe_secret(SecretId=self._stage.physical_name(noun))
        return found["ARN"]

    def _read_stream(self, noun: str) -> str:
        found = self._stage.dynamodb.describe_table(TableName=self._stage.physical_name(noun))
        return found["Table"]["LatestStreamArn"]
