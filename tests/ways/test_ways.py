"""CONTRIBUTING.md shows the way of each frequent change, and the way leads there."""

import subprocess
from pathlib import Path

import pytest

from tests.architecture.imports import ROOT
from tests.ways.examples import WAYS
from tests.ways.way import Way, copied, described, run

every = pytest.mark.parametrize("way", WAYS, ids=lambda way: way.heading)


@every
def test_each_step_names_a_place_that_is_there(way: Way) -> None:
    assert [path for path, _ in described(way.heading)] == [step.path for step in way.steps]
    for (path, at), step in zip(described(way.heading), way.steps, strict=True):
        assert at == step.at, path
        assert not at or at in (ROOT / path).read_text(encoding="utf-8"), path


@every
def test_who_takes_every_step_arrives(way: Way, tmp_path: Path) -> None:
    root = copied(tmp_path)
    for step in way.steps:
        step.take(root)
    run(root, "-c", way.check)


@every
def test_who_leaves_a_step_out_is_told(way: Way, tmp_path: Path) -> None:
    root = copied(tmp_path)
    for number, step in enumerate(way.steps):
        if number != way.forgotten:
            step.take(root)
    with pytest.raises(subprocess.CalledProcessError, match="exit status 1"):
        run(root, "-c", way.check)
