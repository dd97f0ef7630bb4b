"""The account's detection services: one of each, or known by ids, so that most have no names to bind."""

from collections.abc import Mapping, Sequence

from bootstrap.calls.calls import ANY, Calls, linked, passing

CONFIG_ROLE = "arn:aws:iam::ACCOUNT:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig"

DETECTION: Mapping[str, Sequence[Calls]] = {
    "aws:guardduty/detector:Detector": (
        Calls("guardduty", ANY, create="CreateDetector"),
        Calls(
            "guardduty",
            "detector/{id:*}",
            create="TagResource",
            read="GetDetector",
            update="TagResource UntagResource UpdateDetector",
            delete="DeleteDetector",
        ),
        linked("guardduty"),
        # A new detector scans disks, too, until it is told not to.
        linked("malware-protection.guardduty"),
    ),
    "aws:guardduty/detectorFeature:DetectorFeature": (
        Calls(
            "guardduty",
            "detector/{detectorId:*}",
            create="UpdateDetector",
            read="GetDetector",
            update="UpdateDetector",
        ),
    ),
    "aws:securityhub/account:Account": (
        Calls(
            "securityhub",
            ANY,
            create="EnableSecurityHub UpdateSecurityHubConfiguration",
            read="DescribeHub",
            update="UpdateSecurityHubConfiguration",
            delete="DisableSecurityHub",
        ),
        linked("securityhub"),
    ),
    "aws:securityhub/standardsSubscription:StandardsSubscription": (
        Calls(
            "securityhub",
            ANY,
            create="BatchEnableStandards",
            read="GetEnabledStandards",
            delete="BatchDisableStandards",
        ),
    ),
    "aws:cfg/recorder:Recorder": (
        Calls(
            "config",
            ANY,
            create="PutConfigurationRecorder",
            read="DescribeConfigurationRecorders",
            update="PutConfigurationRecorder",
            delete="DeleteConfigurationRecorder",
        ),
        # The role is AWS's own; that it is handed over is asked as of any other.
        Calls(
            "iam",
            f"{{roleArn:{CONFIG_ROLE}}}",
            create="PassRole",
            update="PassRole",
            carrying={"iam:PassedToService": "config.amazonaws.com"},
        ),
    ),
    "aws:cfg/recorderStatus:RecorderStatus": (
        Calls(
            "config",
            ANY,
            create="StartConfigurationRecorder",
            read="DescribeConfigurationRecorderStatus",
            update="StartConfigurationRecorder",
            delete="StopConfigurationRecorder",
        ),
    ),
    "aws:cfg/deliveryChannel:DeliveryChannel": (
        Calls(
            "config",
            ANY,
            create="PutDeliveryChannel",
            read="DescribeDeliveryChannels",
            update="PutDeliveryChannel",
            delete="DeleteDeliveryChannel",
        ),
    ),
    "aws:cfg/rule:Rule": (
        Calls(
            "config",
            "config-rule/*",
            create="PutConfigRule TagResource",
            read="DescribeConfigRules ListTagsForResource",
            update="PutConfigRule TagResource UntagResource",
            delete="DeleteConfigRule",
        ),
    ),
    "aws:accessanalyzer/analyzer:Analyzer": (
        Calls(
            "access-analyzer",
            "analyzer/{analyzerName:NAMED*}",
            create="CreateAnalyzer TagResource",
            read="GetAnalyzer ListTagsForResource",
            update="TagResource UntagResource UpdateAnalyzer",
            delete="DeleteAnalyzer",
        ),
        linked("access-analyzer"),
    ),
    "aws:cloudtrail/trail:Trail": (
        Calls(
            "cloudtrail",
            "trail/{name:NAMED*}",
            create="AddTags CreateTrail PutEventSelectors PutInsightSelectors StartLogging",
            read="DescribeTrails GetEventSelectors GetInsightSelectors GetTrailStatus ListTags",
            # Turning it off is nothing that a deployment does.
            update="AddTags PutEventSelectors PutInsightSelectors RemoveTags StartLogging UpdateTrail",
            delete="DeleteTrail",
        ),
        passing("cloudWatchLogsRoleArn", "cloudtrail"),
    ),
}
