"""The sections `archive` and `backup`."""

from pathlib import Path

import pytest

from infra.observability.heartbeats import heartbeats
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


def test_tables_may_be_exported_in_turn(root: Path) -> None:
    daily = read(root).archive
    assert [daily.export_schedule(place, 2) for place in (0, 1)] == [daily.export_at] * 2
    turns = read(root, archive=ARCHIVE | {"export_at": "cron(30 2 ? * WED,SUN *)", "export_in_turn": True})
    days = [turns.archive.export_schedule(place, 2) for place in (0, 1)]
    assert days == ["cron(30 2 ? * WED *)", "cron(30 2 ? * SUN *)"]
    every = read(root, archive=ARCHIVE | {"export_in_turn": True}).archive
    assert every.export_schedule(1, 2) == "cron(30 2 ? * TUE,THU,SAT *)"
    assert (every.longest_without_export, turns.archive.longest_without_export) == (1, 4)


def test_tables_that_are_exported_in_turn_are_missed_together(root: Path) -> None:
    turns = {"export_at": "cron(30 2 ? * WED,SUN *)", "export_in_turn": True}
    alone = {each.name: each for each in heartbeats(read(root)) if each.name.startswith("export")}
    assert alone.keys() == {"export-payments", "export-audits"}
    (shared,) = (
        each for each in heartbeats(read(root, archive=ARCHIVE | turns)) if each.name.startswith("export")
    )
    # One that fails leaves a week between two of the other's.
    assert shared.hours == 4 * 24 + 12 < 7 * 24
    assert len(shared.pattern["detail"]["object"]["key"]) == 2
