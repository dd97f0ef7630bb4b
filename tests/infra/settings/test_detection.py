"""The section `detection`."""

from pathlib import Path
from typing import Any

import pytest

from infra.settings.reading import InvalidSettingsError
from tests.infra.settings.stack_file import (
    ARCHIVE,
    BACKUP,
    DETECTION,
    read,
)


def test_detection_may_be_the_organizations(root: Path) -> None:
    member = dict.fromkeys(("guardduty", "config", "security_hub", "access_analyzer"), "member")
    settings = read(root, detection=DETECTION | member | {"trail": "organization"})
    assert settings.detection.standards
    assert settings.detection.limits.credential_days == 90


def test_a_throw_away_stage_may_forget_its_evidence(root: Path) -> None:
    evidence = {"locked_days": 1, "kept_days": 90}
    read(
        root,
        durability="ephemeral",
        detection=DETECTION | {"evidence": evidence},
        backup=BACKUP | {"lock": {"min_days": 1, "max_days": 400}},
        archive=ARCHIVE | {"object_lock_days": 1},
    )


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"guardduty": "off"}, "Invalid enum value 'off' - at `guardduty`"),
        ({"macie": "standalone"}, "unknown field `macie`"),
        ({"standards": []}, "one at least"),
        ({"security_hub": "off"}, "none if it is off"),
        ({"standards": ["fsbp", "fsbp"]}, "names one twice"),
        ({"standards": ["pci-dss-3.2.1"]}, "Invalid enum value 'pci-dss-3.2.1'"),
        ({"access_analyzer": "member", "unused_access_days": 90}, "standalone `access_analyzer`"),
        ({"trail": "organization", "insights": True}, "`insights` is for a standalone `trail`"),
        ({"limits": {"credential_days": 91}}, "`int` <= 90"),
        (
            {"evidence": {"locked_days": 732, "cold_after_days": 90, "kept_days": 731}},
            "`locked_days` must not be more than `kept_days`",
        ),
        (
            {"evidence": {"locked_days": 365, "cold_after_days": 642, "kept_days": 731}},
            "`kept_days` must be 90 more than `cold_after_days`",
        ),
        (
            {"evidence": {"locked_days": 90, "cold_after_days": 30, "kept_days": 364}},
            "a durable stage keeps its evidence for 365 days or more",
        ),
    ],
)
def test_detection_that_contradicts_itself_is_refused(
    root: Path, changed: dict[str, Any], reason: str
) -> None:
    with pytest.raises(InvalidSettingsError) as refused:
        read(root, detection=DETECTION | changed)
    (problem,) = str(refused.value).splitlines()[1:]
    assert problem.startswith("  tollgate:detection: ")
    assert reason in problem
