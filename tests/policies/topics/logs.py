"""Cases of `policies/pack/logs.py`."""

from policies.pack import logs
from policies.pack.aws import LOG_GROUP, TRAIL
from tests.policies.case import Case
from tests.policies.patches import change
from tests.policies.resources import UNKNOWN, resource, root

DATA = [{"fieldSelectors": [{"field": "eventCategory", "equals": ["Data"]}]}]
MANAGEMENT = [{"fieldSelectors": [{"field": "eventCategory", "equals": ["Management"]}]}]

CASES = [
    Case(
        logs.log_retention_is_long_enough,
        passes=[resource(LOG_GROUP, retentionInDays=400)],
        fails=[resource(LOG_GROUP, retentionInDays=90)],
        unknown=[resource(LOG_GROUP, retentionInDays=UNKNOWN)],
        broken=change(LOG_GROUP, "payments", {"retentionInDays": 30}),
    ),
    Case(
        logs.trail_is_complete,
        passes=[resource(TRAIL, isMultiRegionTrail=True, enableLogFileValidation=True)],
        fails=[resource(TRAIL, isMultiRegionTrail=True)],
        unknown=[resource(TRAIL, isMultiRegionTrail=UNKNOWN, enableLogFileValidation=True)],
        broken=change(TRAIL, "trail", {"enableLogFileValidation": False}),
    ),
    Case(
        logs.trail_records_data_events,
        passes=[
            root(),
            resource(TRAIL, advancedEventSelectors=DATA),
            resource(TRAIL, "other", advancedEventSelectors=MANAGEMENT),
        ],
        fails=[root(), resource(TRAIL, advancedEventSelectors=MANAGEMENT)],
        unknown=[root(), resource(TRAIL, advancedEventSelectors=UNKNOWN)],
        broken=change(TRAIL, "data", {"advancedEventSelectors": MANAGEMENT}),
        also=frozenset({"trail-is-watched", "tollgate-vault-use-is-recorded"}),
    ),
    Case(
        logs.trail_is_watched,
        passes=[
            resource(TRAIL, cloudWatchLogsGroupArn="arn:aws:logs:g"),
            resource(TRAIL, "data", advancedEventSelectors=DATA),
        ],
        fails=[resource(TRAIL)],
        unknown=[resource(TRAIL, cloudWatchLogsGroupArn=UNKNOWN)],
        broken=change(TRAIL, "trail", {"cloudWatchLogsGroupArn": None}),
    ),
]
