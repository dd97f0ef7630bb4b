"""What watches the stage: logs, alarms, alerts, budgets, and the account's detection services."""

from bootstrap.rights.right import Grant, Right

OBSERVABILITY = (
    Right(
        "logs",
        Grant(
            "DescribeDeliveries DescribeDeliveryDestinations DescribeDeliverySources DescribeIndexPolicies"
            " DescribeLogGroups DescribeMetricFilters DescribeQueryDefinitions DescribeResourcePolicies"
            " DescribeSubscriptionFilters ListTagsForResource"
        ),
        (
            # All names hold the stage's prefix, except those that AWS insists on.
            Grant(
                "AssociateKmsKey CreateLogGroup DeleteLogGroup DeleteMetricFilter DeleteRetentionPolicy"
                " DeleteSubscriptionFilter DisassociateKmsKey PutMetricFilter PutRetentionPolicy"
                " PutSubscriptionFilter TagResource UntagResource",
                (
                    "log-group:*NAMED*",
                    "log-group:API-Gateway-Execution-Logs_*",
                    "log-group:aws-waf-logs-tollgate*",
                ),
            ),
            # Of the account: AWS knows no resource for them.
            Grant(
                "CreateLogDelivery DeleteLogDelivery DeleteQueryDefinition DeleteResourcePolicy"
                " GetLogDelivery ListLogDeliveries PutQueryDefinition PutResourcePolicy UpdateLogDelivery"
            ),
        ),
    ),
    Right(
        "cloudwatch",
        Grant("DescribeAlarms DescribeAnomalyDetectors GetDashboard ListTagsForResource"),
        (
            Grant(
                "DeleteAlarms DisableAlarmActions EnableAlarmActions PutCompositeAlarm PutMetricAlarm"
                " TagResource UntagResource",
                ("alarm:NAMED*",),
            ),
            Grant("DeleteDashboards PutDashboard", ("arn:aws:cloudwatch::ACCOUNT:dashboard/NAMED*",)),
            # A detector is known by its metric.
            Grant("DeleteAnomalyDetector PutAnomalyDetector"),
        ),
    ),
    Right(
        "events",
        Grant("DescribeRule ListTagsForResource ListTargetsByRule"),
        (
            Grant(
                "DeleteRule DisableRule EnableRule PutRule PutTargets RemoveTargets TagResource"
                " UntagResource",
                ("rule/NAMED*",),
            ),
        ),
    ),
    Right(
        "sns",
        Grant("GetSubscriptionAttributes GetTopicAttributes ListSubscriptionsByTopic ListTagsForResource"),
        (
            Grant(
                "CreateTopic DeleteTopic SetTopicAttributes Subscribe TagResource UntagResource",
                ("NAMED*",),
            ),
            # A subscription is asked for without its topic.
            Grant("SetSubscriptionAttributes Unsubscribe"),
        ),
    ),
    Right(
        "budgets",
        Grant("ListTagsForResource ViewBudget", ("arn:aws:budgets::ACCOUNT:budget/*",)),
        (
            Grant(
                "ModifyBudget TagResource UntagResource",
                ("arn:aws:budgets::ACCOUNT:budget/NAMED*",),
            ),
        ),
    ),
    Right(
        "ce",
        Grant("GetAnomalyMonitors GetAnomalySubscriptions ListTagsForResource"),
        (
            Grant("CreateAnomalyMonitor CreateAnomalySubscription"),
            Grant(
                "DeleteAnomalyMonitor DeleteAnomalySubscription TagResource UntagResource"
                " UpdateAnomalyMonitor UpdateAnomalySubscription",
                (
                    "arn:aws:ce::ACCOUNT:anomalymonitor/*",
                    "arn:aws:ce::ACCOUNT:anomalysubscription/*",
                ),
            ),
        ),
    ),
)
# One of each to an account, or known by ids: most of these rights can't name the stage's own.
DETECTION = (
    Right(
        "guardduty",
        Grant("GetDetector ListDetectors ListTagsForResource"),
        (
            Grant("CreateDetector"),
            Grant("DeleteDetector TagResource UntagResource UpdateDetector", ("detector/*",)),
        ),
    ),
    Right(
        "securityhub",
        Grant(
            "DescribeHub DescribeStandards DescribeStandardsControls GetEnabledStandards ListTagsForResource"
        ),
        (
            Grant(
                "BatchDisableStandards BatchEnableStandards DisableSecurityHub EnableSecurityHub"
                " UpdateSecurityHubConfiguration UpdateStandardsControl",
            ),
            Grant("TagResource UntagResource", ("hub/default",)),
        ),
    ),
    Right(
        "config",
        Grant(
            "DescribeConfigRules DescribeConfigurationRecorderStatus DescribeConfigurationRecorders"
            " DescribeDeliveryChannels DescribeRetentionConfigurations ListTagsForResource"
        ),
        (
            Grant(
                "DeleteConfigurationRecorder DeleteDeliveryChannel DeleteRetentionConfiguration"
                " PutConfigurationRecorder PutDeliveryChannel PutRetentionConfiguration"
                " StartConfigurationRecorder StopConfigurationRecorder"
            ),
            Grant(
                "DeleteConfigRule PutConfigRule TagResource UntagResource",
                ("config-rule/*", "configuration-recorder/*"),
            ),
        ),
    ),
    Right(
        "access-analyzer",
        Grant("GetAnalyzer ListTagsForResource"),
        (
            Grant(
                "CreateAnalyzer CreateArchiveRule DeleteAnalyzer DeleteArchiveRule TagResource UntagResource"
                " UpdateAnalyzer UpdateArchiveRule",
                ("analyzer/NAMED*", "analyzer/NAMED*/archive-rule/*"),
            ),
        ),
    ),
    Right(
        "cloudtrail",
        Grant("DescribeTrails GetEventSelectors GetInsightSelectors GetTrail GetTrailStatus ListTags"),
        (
            Grant(
                "AddTags CreateTrail DeleteTrail PutEventSelectors PutInsightSelectors RemoveTags"
                " StartLogging StopLogging UpdateTrail",
                ("trail/NAMED*",),
            ),
        ),
    ),
)
