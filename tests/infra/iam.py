"""Linting IAM statements."""

import re
import warnings

from infra import statements
from infra.statements import Statement

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # parliament imports pkg_resources
    import parliament

USING_A_KEY = re.compile(r"kms:(Decrypt|Encrypt|ReEncrypt|Generate|Sign|Verify|CreateGrant)")


def findings(statement: Statement) -> set[str]:
    """What parliament has against a statement: unknown actions, misfitting resources, conditions, …"""
    analyzed = parliament.analyze_policy_string(statements.document([statement]))
    return {finding.issue for finding in analyzed.findings}
