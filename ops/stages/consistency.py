"""Whether the files of a stage fit each other: what one says of the account, the other has to say, too."""

import re
from collections.abc import Iterator
from pathlib import Path

from bootstrap import names
from bootstrap.settings import AccountSettings
from infra.settings import Settings
from onboarding.stack_files import stack_file

# What `tollgate stage add` writes where only the company knows.
PLACEHOLDERS = ("0" * 16, "00000000-0000-0000-0000-" + "0" * 12, "Z" + "0" * 8)
PLACEHOLDER = re.compile(rf"(?<![0-9a-zA-Z-])({'|'.join(PLACEHOLDERS)})(?![0-9a-zA-Z-])")


def with_account(stage: Settings, account: AccountSettings) -> Iterator[str]:
    """What the stage's settings and those of its account's bootstrap say differently."""
    for key in ("account_id", "region", "durability"):
        here, there = getattr(stage, key), getattr(account, key)
        if here != there:
            yield f"{key} is {here}, and {there} in bootstrap/"
    granted = {
        "operators": (stage.operators, (names.DEPLOY, names.OPERATOR)),
        "previewers": (stage.previewers, (names.PREVIEW,)),
        "archive.investigators": (stage.archive.investigators, (names.AUDIT,)),
    }
    for key, (principals, roles) in granted.items():
        for role in roles:
            if f"arn:aws:iam::{stage.account_id}:role/{role}" not in principals:
                yield f"{key} lacks the role {role}, which bootstrap/ makes for it"
    domain = stage.edge.domain
    bundle = domain and domain.mutual_tls and domain.mutual_tls.truststore_uri.removeprefix("s3://")
    if bundle != account.truststore:
        yield f"edge.domain.mutual_tls names {bundle}, and bootstrap/ the truststore {account.truststore}"


def placeholders(stack: str, root: Path) -> Iterator[tuple[str, str]]:
    """Values that were written to be replaced: file with line, and what is there."""
    for folder in (root, root / "bootstrap"):
        path = stack_file(stack, folder)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if found := PLACEHOLDER.search(line):
                where = f"{path.relative_to(root)}:{number}"
                yield where, f"{found[0]} is a placeholder for a value that only you know"
