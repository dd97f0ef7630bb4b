"""The sections `archive` and `backup`."""

from pathlib import Path

import pytest

from infra.settings.reading import InvalidSettingsError
from tests.infra.settings.stack_file import (
    ARCHIVE,
    BACKUP,
    read,
)


def test_a_backup_may_stay_in_its_region(root: Path) -> None:
    settings = read(root, backup={key: value for key, value in BACKUP.items() if key != "copy_region"})
    assert settings.backup.copy_region is None
    assert settings.archive.export_at == "cron(30 2 * * ? *)"


def test_a_stage_that_is_thrown_away_keeps_records_for_as_long_as_it_likes(root: Path) -> None:
    lock = {"min_days": 1, "max_days": 400}
    short = ARCHIVE | {"object_lock_days": 1}
    settings = read(root, durability="ephemeral", archive=short, backup=BACKUP | {"lock": lock})
    assert settings.archive.object_lock_days == 1


def test_a_stage_that_is_thrown_away_can_not_lock_its_vault_for_ever(root: Path) -> None:
    with pytest.raises(InvalidSettingsError, match="must not have `cooling_off_days`"):
        read(root, durability="ephemeral")
