"""What a change of an argument does in AWS, as data."""

from collections.abc import Mapping
from pathlib import Path

# By type: the arguments that can't be changed in place. The file names its source.
REPLACING: Mapping[str, tuple[str, ...]] = {
    kind: tuple(arguments)
    for kind, *arguments in (
        line.split()
        for line in Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    )
}

# The argument that holds the physical name, where it isn't `name`.
NAMES: Mapping[str, str] = {
    "aws:accessanalyzer/analyzer:Analyzer": "analyzerName",
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": "alarmName",
    "aws:cloudwatch/dashboard:Dashboard": "dashboardName",
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": "policyName",
    "aws:s3/bucket:Bucket": "bucket",
}

# The objects that replace the resource when one of their numbers is lowered, and are raised in place
# (`ForceNewIfChange` in internal/service/dynamodb/table.go).
LOWERED: Mapping[str, tuple[str, ...]] = {"aws:dynamodb/table:Table": ("warmThroughput",)}
