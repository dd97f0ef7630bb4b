"""Who may take the account's roles: pure functions."""

from collections.abc import Sequence

from infra.statements import Statement

ISSUER = "token.actions.githubusercontent.com"
AUDIENCE = "sts.amazonaws.com"


def deploys(provider_arn: str, repositories: Sequence[str], stage: str) -> Statement:
    """Jobs of the repository that run in the GitHub environment of the stage, with its approvals.

    `repositories`: what subjects may call it, `owner@id/name@id` (GitHub's reference of OpenID Connect,
    "Immutable subject claims").

    GitHub puts the environment into the subject in place of the branch: protection rules of the environment
    say from which branches such a job may run. A fork's jobs have the fork's name in their subject.
    """
    return _jobs(provider_arn, repositories, [f"environment:{stage}"])


def previews(provider_arn: str, repositories: Sequence[str]) -> Statement:
    """Jobs of the repository's own pull requests, and those of its main branch (the nightly comparison)."""
    return _jobs(provider_arn, repositories, ["pull_request", "ref:refs/heads/main"])


def people(roles: Sequence[str]) -> Statement:
    """Whoever has one of these roles of the account."""
    return {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": sorted(roles)}}


def _jobs(provider_arn: str, repositories: Sequence[str], jobs: Sequence[str]) -> Statement:
    subjects = [f"repo:{repository}:{job}" for repository in repositories for job in jobs]
    return {
        "Effect": "Allow",
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Principal": {"Federated": provider_arn},
        "Condition": {
            "StringEquals": {f"{ISSUER}:aud": AUDIENCE, f"{ISSUER}:sub": sorted(subjects)},
        },
    }
