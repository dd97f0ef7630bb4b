"""Where the package is, which every stack file names."""

from pathlib import Path

import pytest


@pytest.fixture
def root(package: Path) -> Path:
    return package.parent
