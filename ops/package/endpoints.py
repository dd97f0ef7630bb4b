"""botocore's list of endpoints, cut to the APIs that the runtime calls: it is parsed at each cold start."""

import json
from collections.abc import Container
from pathlib import Path


def cut_endpoints(path: Path, kept: Container[str]) -> None:
    """Rewrite the `endpoints.json` at `path` with the services in `kept` alone."""
    endpoints = json.loads(path.read_bytes())
    for partition in endpoints["partitions"]:
        partition["services"] = {name: it for name, it in partition["services"].items() if name in kept}
    path.write_text(json.dumps(endpoints, separators=(",", ":")))
