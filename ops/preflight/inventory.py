"""An account in AWS, asked for what it has."""

from collections.abc import Callable, Mapping

import boto3
from botocore.exceptions import ClientError

from ops.preflight.prerequisites import Kind

# How AWS's services say that something isn't there.
ABSENT = {
    "404",
    "InvalidAccessException",
    "NoSuchBucket",
    "NoSuchEntity",
    "NoSuchHostedZone",
    "NoSuchKey",
    "NotFoundException",
    "ResourceNotFoundException",
}


class AwsInventory:
    """See `Inventory`. Raises botocore's errors, but for those that say that something isn't there."""

    def __init__(self, session: boto3.Session) -> None:
        self._session = session
        self._finding: Mapping[Kind, Callable[[str], bool]] = {
            "role": self._role,
            "policy": lambda arn: bool(session.client("iam").get_policy(PolicyArn=arn)),
            "bucket": lambda name: bool(session.client("s3").head_bucket(Bucket=name)),
            "key": self._key,
            "certificate": self._certificate,
            "zone": lambda zone: bool(session.client("route53").get_hosted_zone(Id=zone)),
            "object": self._object,
            "security contact": self._contact,
            "default network": self._default_network,
            "GuardDuty detector": lambda _: bool(session.client("guardduty").list_detectors()["DetectorIds"]),
            "Config recorder": self._recorder,
            "Security Hub": lambda _: bool(session.client("securityhub").describe_hub()),
        }

    def has(self, kind: Kind, name: str) -> bool:
        try:
            return self._finding[kind](name)
        except ClientError as error:
            if error.response["Error"]["Code"] in ABSENT:
                return False
            raise

    def _role(self, arn: str) -> bool:
        return bool(self._session.client("iam").get_role(RoleName=arn.rpartition("/")[2]))

    def _key(self, alias: str) -> bool:
        described = self._session.client("kms").describe_key(KeyId=alias)
        return described["KeyMetadata"]["KeyState"] == "Enabled"

    def _certificate(self, arn: str) -> bool:
        client = self._session.client("acm", region_name=arn.split(":")[3])
        described = client.describe_certificate(CertificateArn=arn)
        return described["Certificate"]["Status"] == "ISSUED"

    def _object(self, name: str) -> bool:
        bucket, _, key = name.partition("/")
        return bool(self._session.client("s3").head_object(Bucket=bucket, Key=key))

    def _contact(self, _: str) -> bool:
        return bool(self._session.client("account").get_alternate_contact(AlternateContactType="SECURITY"))

    def _default_network(self, _: str) -> bool:
        default = [{"Name": "is-default", "Values": ["true"]}]
        return bool(self._session.client("ec2").describe_vpcs(Filters=default)["Vpcs"])

    def _recorder(self, _: str) -> bool:
        return bool(
            self._session.client("config").describe_configuration_recorders()["ConfigurationRecorders"]
        )
