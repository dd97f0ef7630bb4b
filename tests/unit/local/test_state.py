"""What a deployment has left, read again."""

from pathlib import Path

import pytest

from local.errors import StateUnusableError
from local.state import DeploymentState, ResourceState


def test_what_was_saved_is_read(tmp_path: Path) -> None:
    state = DeploymentState("g", "d", {"url": "x"}, {"urn": ResourceState({"name": "digest"}, "id", {})})
    state.save(tmp_path / "state.json")
    assert DeploymentState.load(tmp_path / "state.json") == state


@pytest.mark.parametrize("spoiled", ["", "{}", "[]", '{"resources": {"urn": {}}}'])
def test_what_is_spoiled_is_named_with_the_way_out(tmp_path: Path, spoiled: str) -> None:
    file = tmp_path / "state.json"
    file.write_text(spoiled)
    with pytest.raises(StateUnusableError, match=r"state.json can't be read; `make clean-local` forgets"):
        DeploymentState.load(file)
