"""The reference of the API as a page: the contract, and Scalar to show it. Nothing comes from elsewhere."""

import json
from functools import cache
from importlib.metadata import files
from pathlib import Path

CONTRACT = Path(__file__).parents[1] / "runtime" / "openapi.json"
PACKAGE = "flask-openapi-scalar"
SCRIPT = "scalar.standalone.js"
SETTINGS = {
    "withDefaultFonts": False,
    "telemetry": False,
    "hideClientButton": True,
    "showDeveloperTools": "never",
    "defaultOpenAllTags": True,
    "agent": {"disabled": True},
    "mcp": {"disabled": True},
}
PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Tollgate API</title>
<base href="{base}">
<script src="settings.js"></script>
<body>
<script id="api-reference" data-url="openapi.json" data-configuration='{settings}'></script>
<script src="scalar.standalone.js"></script>
</html>
"""
# Scalar's validator (zod) would try whether it may compile code, which the policy forbids.
BEFORE = "globalThis.__zod_globalConfig = { jitless: true };\n"
# What a browser may load for it: itself. Scalar styles elements, and draws images of its own.
POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:"


@cache
def reference(base: str) -> dict[str, tuple[str, bytes]]:
    """Media type and content by file name. `base`: where the page finds the other files, with a `/`."""
    page = PAGE.format(base=base, settings=json.dumps(SETTINGS))
    return {
        "index.html": ("text/html; charset=utf-8", page.encode()),
        "openapi.json": ("application/json", CONTRACT.read_bytes()),
        "settings.js": ("text/javascript; charset=utf-8", BEFORE.encode()),
        SCRIPT: ("text/javascript; charset=utf-8", _script()),
    }


def _script() -> bytes:
    shipped = next(file for file in files(PACKAGE) or () if file.name == SCRIPT)
    return Path(str(shipped.locate())).read_bytes()
