"""Logs: how long they are kept, and what they tell."""

from .aws import LOG_GROUP, TRAIL
from .declaring import HIGH, Resource, Violations, number, policy
from .stack import Member, Stack

TRAILS = "https://docs.aws.amazon.com/awscloudtrail/latest/userguide"


@policy(
    on=LOG_GROUP,
    severity=HIGH,
    pci=["10.5.1"],
    remedy="Set `retention_in_days`.",
    url="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html",
    settings={"days": number(365, "How long logs are kept.")},
)
def log_retention_is_long_enough(group: Resource, days: float) -> Violations:
    """Logs are kept for a year, and not for ever."""
    retention = group.props.get("retentionInDays") or 0
    if not retention:
        yield "the log is kept for ever"
    elif retention < days:
        yield f"the log is kept for {retention:.0f} days"


@policy(
    on=TRAIL,
    severity=HIGH,
    pci=["10.2.1", "10.3.4"],
    remedy="Set `is_multi_region_trail`, `include_global_service_events` and `enable_log_file_validation`.",
    url=f"{TRAILS}/cloudtrail-log-file-validation-intro.html",
)
def trail_is_complete(trail: Resource) -> Violations:
    """A trail takes the calls of all regions, and its files can be shown to be unchanged."""
    if not trail.props.get("isMultiRegionTrail"):
        yield "it takes one region only"
    if trail.props.get("includeGlobalServiceEvents") is False:
        yield "it leaves out global services"
    if not trail.props.get("enableLogFileValidation"):
        yield "its files aren't signed"
    if trail.props.get("enableLogging") is False:
        yield "it is switched off"


def _categories(trail: Resource) -> set[str]:
    """The kinds of events that a trail takes."""
    advanced = {
        value
        for selector in trail.props.get("advancedEventSelectors") or ()
        for field in selector.get("fieldSelectors") or ()
        if field.get("field") == "eventCategory"
        for value in field.get("equals") or ()
    }
    if any(each.get("dataResources") for each in trail.props.get("eventSelectors") or ()):
        return {"Management", "Data"}
    # Without any selector a trail takes management events.
    return advanced or {"Management"}


@policy(
    severity=HIGH,
    pci=["10.2.1.1"],
    remedy="Add event selectors of the category Data for tables and buckets, or a trail with them.",
    url=f"{TRAILS}/logging-data-events-with-cloudtrail.html",
)
def trail_records_data_events(_root: Member, stack: Stack) -> Violations:
    """If there are trails, one takes who read and wrote data, not only who changed resources."""
    trails = stack.of_type(TRAIL)
    if trails and not any("Data" in _categories(trail) for trail in trails):
        yield "no trail takes data events"


@policy(
    on=TRAIL,
    severity=HIGH,
    pci=["10.4.1.1", "10.7.2"],
    remedy="Set `cloud_watch_logs_group_arn` and a role.",
    url=f"{TRAILS}/send-cloudtrail-events-to-cloudwatch-logs.html",
)
def trail_is_watched(trail: Resource) -> Violations:
    """A trail of management events also writes to CloudWatch, where alarms see it within minutes."""
    if "Management" in _categories(trail) and not trail.props.get("cloudWatchLogsGroupArn"):
        yield "alarms can't see it"
