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

# What AWS answers though the program didn't give it, and the provider then wants to take away: optional in
# its schema, and not computed. A program that leaves one out gets a difference with every preview.
RETURNED: Mapping[str, tuple[str, ...]] = {}
