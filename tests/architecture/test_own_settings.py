"""A company's own settings break no test: none can open them."""

from pathlib import Path

import pytest

from tests.own_settings import ReadByTestError, own_settings


def test_what_a_company_adapts_is_closed_to_tests() -> None:
    files = own_settings()
    assert len(files) > len({Path(file).parent for file in files})
    for file in files:
        with pytest.raises(ReadByTestError, match="tests/stacks"):
            Path(file).read_text()
