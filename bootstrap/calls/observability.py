"""What watches the stage: logs, alarms, rules, alerts and the budget."""

from collections.abc import Mapping, Sequence

from bootstrap.calls.calls import ANY, Calls, passing

# All names hold the stage's prefix, except those that AWS insists on.
LOG_GROUP = "log-group:{name:*NAMED*|API-Gateway-Execution-Logs_*|aws-waf-logs-tollgate*}"
# What happens to the root user is told in us-east-1 only.
RULE = "arn:aws:events:{region:*}:{account}:rule/"
TOPIC = "arn:aws:sns:REGION:ACCOUNT:NAMED*"

OBSERVABILITY: Mapping[str, Sequence[Calls]] = {
    "aws:cloudwatch/logGroup:LogGroup": (
        Calls(
            "logs",
            LOG_GROUP,
            create="AssociateKmsKey CreateLogGroup PutRetentionPolicy TagResource",
            read="DescribeLogGroups ListTagsForResource",
            update="AssociateKmsKey DeleteRetentionPolicy DisassociateKmsKey PutRetentionPolicy TagResource"
            " UntagResource",
            delete="DeleteLogGroup",
        ),
    ),
    "aws:cloudwatch/logStream:LogStream": (
        Calls(
            "logs",
            "log-group:{logGroupName:*NAMED*}:log-stream:{name:*}",
            create="CreateLogStream",
            read="DescribeLogStreams",
            delete="DeleteLogStream",
        ),
    ),
    "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": (
        Calls(
            "logs",
            LOG_GROUP.replace("{name:", "{logGroup:"),
            create="PutSubscriptionFilter",
            read="DescribeSubscriptionFilters",
            update="PutSubscriptionFilter",
            delete="DeleteSubscriptionFilter",
        ),
        passing("roleArn", "logs"),
    ),
    # Of the account: AWS knows no resource for them.
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": (
        Calls(
            "logs",
            ANY,
            create="PutResourcePolicy",
            read="DescribeResourcePolicies",
            update="PutResourcePolicy",
            delete="DeleteResourcePolicy",
        ),
    ),
    "aws:cloudwatch/metricAlarm:MetricAlarm": (
        Calls(
            "cloudwatch",
            "alarm:{name:NAMED*}",
            create="PutMetricAlarm TagResource",
            read="DescribeAlarms ListTagsForResource",
            update="PutMetricAlarm TagResource UntagResource",
            delete="DeleteAlarms",
        ),
    ),
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": (
        # "You can't create a composite alarm if your permission has a narrower scope" (CloudWatch's API).
        Calls("cloudwatch", ANY, create="PutCompositeAlarm", update="PutCompositeAlarm"),
        Calls(
            "cloudwatch",
            "alarm:{alarmName:NAMED*}",
            create="TagResource",
            read="DescribeAlarms ListTagsForResource",
            update="TagResource UntagResource",
            delete="DeleteAlarms",
        ),
    ),
    "aws:cloudwatch/dashboard:Dashboard": (
        Calls(
            "cloudwatch",
            "arn:aws:cloudwatch::{account}:dashboard/{dashboardName:NAMED*}",
            create="PutDashboard",
            read="GetDashboard",
            update="PutDashboard",
            delete="DeleteDashboards",
        ),
    ),
    "aws:cloudwatch/eventRule:EventRule": (
        Calls(
            "events",
            RULE + "{name:NAMED*}",
            create="PutRule TagResource",
            read="DescribeRule ListTagsForResource",
            update="PutRule TagResource UntagResource",
            delete="DeleteRule",
        ),
    ),
    "aws:cloudwatch/eventTarget:EventTarget": (
        Calls(
            "events",
            RULE + "{rule:NAMED*}",
            create="PutTargets",
            read="ListTargetsByRule",
            update="PutTargets",
            delete="RemoveTargets",
        ),
        passing("roleArn", "events"),
    ),
    "aws:sns/topic:Topic": (
        Calls(
            "sns",
            "{name:NAMED*}",
            create="CreateTopic SetTopicAttributes TagResource",
            read="GetTopicAttributes ListTagsForResource",
            update="SetTopicAttributes TagResource UntagResource",
            delete="DeleteTopic",
        ),
    ),
    "aws:sns/topicPolicy:TopicPolicy": (
        Calls(
            "sns",
            f"{{arn:{TOPIC}}}",
            create="SetTopicAttributes",
            read="GetTopicAttributes",
            update="SetTopicAttributes",
            delete="SetTopicAttributes",
        ),
    ),
    "aws:sns/topicSubscription:TopicSubscription": (
        Calls("sns", f"{{topic:{TOPIC}}}", create="Subscribe"),
        # A subscription is asked for without its topic.
        Calls(
            "sns",
            ANY,
            read="GetSubscriptionAttributes",
            update="SetSubscriptionAttributes",
            delete="Unsubscribe",
        ),
    ),
    "aws:budgets/budget:Budget": (
        Calls(
            "budgets",
            "arn:aws:budgets::{account}:budget/{name:NAMED*}",
            create="ModifyBudget TagResource",
            read="ListTagsForResource ViewBudget",
            update="ModifyBudget TagResource UntagResource",
            delete="ModifyBudget",
            reads_bound=True,
        ),
    ),
}
