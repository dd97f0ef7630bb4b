"""What `make site` adds to the pages of docs/: the reference, and the addresses that problems have as `type`.

MkDocs calls `on_post_build` (mkdocs.yml, `hooks`).
"""

import shutil
from pathlib import Path
from typing import Any

import yaml

from local.reference import reference
from ops.contract import SOURCE

SECTION = """<!doctype html>
<meta charset="utf-8">
<title>{code}</title>
<meta http-equiv="refresh" content="0; url=../../integrate/errors/#{code}">
<a href="../../integrate/errors/#{code}">{code}</a>
"""


def on_post_build(config: Any) -> None:
    site = Path(config["site_dir"])
    for name, (_, content) in reference("./").items():
        _written(site / "reference" / name, content)
    shutil.copy(SOURCE, site / "reference")
    for code in problem_codes():
        _written(site / "problems" / code / "index.html", SECTION.format(code=code).encode())


def problem_codes() -> list[str]:
    """All codes of the contract."""
    contract = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    return contract["components"]["schemas"]["ProblemCode"]["x-extensible-enum"]


def _written(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
