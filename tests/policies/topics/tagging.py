"""Cases of `policies/pack/tagging.py`."""

import json

from policies.pack import tagging
from policies.pack.aws import PROVIDER, TABLE
from tests.policies.case import Case
from tests.policies.patches import change
from tests.policies.resources import UNKNOWN, resource

NO_OWNER = json.dumps({"tags": {"application": "tollgate", "stage": "prod", "managed_by": "pulumi"}})

CASES = [
    Case(
        tagging.required_tags,
        passes=[resource(TABLE, tags={"application": "a", "owner": "o"}, tagsAll={"stage": "s"})],
        fails=[resource(TABLE, tags={"application": "a"})],
        unknown=[resource(TABLE, tagsAll=UNKNOWN)],
        broken=change(PROVIDER, "aws", {"defaultTags": NO_OWNER}),
    ),
]
