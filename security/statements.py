"""Who may write to the security account's stores, and use their keys: pure functions."""

from collections.abc import Mapping, Sequence

from infra.stage import Stage
from infra.statements import Statement, allow

TRAIL = "tollgate-organization"


def trail_arn(stage: Stage, management_account_id: str) -> str:
    """The organization's trail. It is the management account's, also if the security account makes it."""
    return f"arn:aws:cloudtrail:{stage.region}:{management_account_id}:trail/{TRAIL}"


def find_bucket(arn: str, trail: str) -> Statement:
    """CloudTrail looks whom the bucket belongs to, for this trail."""
    condition = {"StringEquals": {"aws:SourceArn": trail}}
    return {"Sid": "TrailBucket", "Principal": _CLOUDTRAIL, **allow(["s3:GetBucketAcl"], arn, condition)}


def deliver_trail(arn: str, trail: str, prefixes: Sequence[str]) -> Statement:
    """CloudTrail delivers this trail's files. `prefixes`: the management account's id, the organization's."""
    condition = {
        "StringEquals": {"aws:SourceArn": trail, "s3:x-amz-acl": "bucket-owner-full-control"},
    }
    files = [f"{arn}/AWSLogs/{prefix}/*" for prefix in prefixes]
    return {"Sid": "TrailFiles", "Principal": _CLOUDTRAIL, **allow(["s3:PutObject"], files, condition)}


def add_to_witness(arn: str, organization_id: str, members: Sequence[str]) -> Statement:
    """Each member adds objects below its own account's id, as long as it belongs to the organization."""
    condition = {"StringEquals": {"aws:PrincipalOrgID": organization_id}}
    return {
        "Sid": "Members",
        "Principal": {"AWS": _accounts(members)},
        **allow(["s3:PutObject"], f"{arn}/${{aws:PrincipalAccount}}/*", condition),
    }


def never_replace(arn: str) -> Statement:
    """An object is written only if there is none of its name, which the writer has to ask for.

    The parts of a long upload are exempt, as S3 documents it: it asks when they are put together.
    """
    condition = {
        "Null": {"s3:if-none-match": "true"},
        "Bool": {"s3:ObjectCreationOperation": "true"},
    }
    return _refuse("NeverReplace", ["s3:PutObject"], arn, condition)


def never_remove(arn: str) -> Statement:
    """Nobody removes or loosens anything; what is old enough goes by the bucket's own rule."""
    return _refuse(
        "NeverRemove",
        [
            "s3:BypassGovernanceRetention",
            "s3:DeleteObject",
            "s3:DeleteObjectVersion",
            "s3:PutObjectAcl",
            "s3:PutObjectLegalHold",
            "s3:PutObjectRetention",
        ],
        arn,
    )


def encrypt_for_members(stage: Stage, members: Sequence[str]) -> Statement:
    """Members encrypt what they add, through S3 in the security account's Region, and can't read it again."""
    condition = {
        "StringEquals": {"kms:CallerAccount": sorted(members), "kms:ViaService": stage.endpoint("s3")}
    }
    return {
        "Sid": "Members",
        "Principal": {"AWS": _accounts(members)},
        **allow(["kms:GenerateDataKey"], "*", condition),
    }


def read_store(arn: str, readers: Sequence[str]) -> Statement:
    """The named roles read what is kept, and list it."""
    return {
        "Sid": "Reading",
        "Principal": {"AWS": sorted(readers)},
        **allow(["s3:GetObject", "s3:GetObjectVersion", "s3:ListBucket"], [arn, f"{arn}/*"]),
    }


_CLOUDTRAIL = {"Service": "cloudtrail.amazonaws.com"}


def _accounts(members: Sequence[str]) -> list[str]:
    return [f"arn:aws:iam::{account}:root" for account in sorted(members)]


def _refuse(
    sid: str, actions: list[str], arn: str, condition: Mapping[str, object] | None = None
) -> Statement:
    statement = {
        "Sid": sid,
        "Effect": "Deny",
        "Principal": {"AWS": "*"},
        "Action": actions,
        "Resource": f"{arn}/*",
    }
    return {**statement, "Condition": condition} if condition else statement
