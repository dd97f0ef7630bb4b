"""The credentials that a stage shows to its processors."""

import json

from onboarding.stage import Stage


def put_processor_credentials(stage: Stage, account: str, api_key: str) -> None:
    """Store the API key of a processor account. The Pulumi program makes the empty container.

    Functions take the new value within the minutes that they cache the old one.
    """
    stage.secretsmanager.put_secret_value(
        SecretId=stage.physical_name(f"processor-{account}"), SecretString=json.dumps({"api_key": api_key})
    )
