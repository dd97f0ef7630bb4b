"""A session that knows the credentials that it was given, and no others."""

import os

import boto3
import botocore.session

# The developer's own AWS configuration has no say: (key in the file, environment variable, default, type).
NO_PROFILE = {
    "profile": (None, None, None, None),
    "config_file": (None, None, os.devnull, None),
    "credentials_file": (None, None, os.devnull, None),
}


def isolated_session(access_key: str, secret_access_key: str, region: str) -> boto3.Session:
    """A session of these credentials; profiles and configuration files of the machine aren't read."""
    return boto3.Session(
        aws_access_key_id=access_key,
        aws_secret_access_key=secret_access_key,
        region_name=region,
        botocore_session=botocore.session.Session(session_vars=NO_PROFILE),
    )
