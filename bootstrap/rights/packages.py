"""The functions' packages: the one kind of object that a workflow puts and reads."""

from bootstrap.rights.right import Grant, Right
from infra.artifacts import ARTIFACTS

OBJECTS = (f"arn:aws:s3:::NAMED{ARTIFACTS}-ACCOUNT/*",)

PACKAGES = (
    # Lambda reads them in the name of whoever deploys.
    Right(
        "s3",
        Grant("GetObject GetObjectTagging GetObjectVersion", OBJECTS),
        (Grant("PutObject PutObjectTagging", OBJECTS),),
    ),
)
