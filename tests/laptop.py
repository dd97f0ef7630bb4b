"""One laptop cloud for all tests that speak HTTP."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from local.cloud import Cloud, LocalConfig, start
from local.ports import free_port

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def state_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the laptop cloud keeps everything."""
    return tmp_path_factory.mktemp("laptop")


@pytest.fixture(scope="session")
def cloud(state_dir: Path) -> Iterator[Cloud]:
    config = LocalConfig(root=ROOT, state_dir=state_dir, port=free_port())
    with start(config, lambda line: None) as running:
        yield running


@pytest.fixture(scope="session")
def local(cloud: Cloud) -> Mapping[str, Any]:
    """What `local.json` says."""
    return cloud.description
