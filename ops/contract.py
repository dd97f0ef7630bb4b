"""The contract as JSON: `python -m ops.contract` writes runtime/openapi.json from runtime/openapi.yaml.

Both are published. JSON is for tools that read YAML in their own way.
"""

import json

import yaml

from ops.options import ROOT

SOURCE = ROOT / "runtime" / "openapi.yaml"
PUBLISHED = SOURCE.with_suffix(".json")


def as_json() -> str:
    """The whole contract, in the order of its source."""
    return json.dumps(yaml.safe_load(SOURCE.read_text(encoding="utf-8")), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    PUBLISHED.write_text(as_json(), encoding="utf-8")
