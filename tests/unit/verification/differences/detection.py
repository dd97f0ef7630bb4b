"""What may be wrong with an account's detection."""

from tests.unit.verification.declared import NOW
from tests.unit.verification.differences.difference import LONG_AGO, Difference, given, within, without

FINDING = {
    "id": "f",
    "analyzedAt": NOW,
    "createdAt": NOW,
    "updatedAt": NOW,
    "resourceType": "AWS::S3::Bucket",
    "resource": "arn:aws:s3:::tollgate-prod-archive",
    "resourceOwnerAccount": "333333333333",
    "status": "ACTIVE",
}


DIFFERENCES = (
    Difference("detection: detector", "guardduty:GetDetector", given(Status="DISABLED"), "DISABLED"),
    Difference("detection: features", "guardduty:GetDetector", given(Features=[]), "its state is None"),
    Difference(
        "detection: recorder",
        "config:DescribeConfigurationRecorderStatus",
        within("ConfigurationRecordersStatus", recording=False),
        "recording is False",
    ),
    Difference(
        "detection: delivery",
        "config:DescribeDeliveryChannelStatus",
        within(
            "DeliveryChannelsStatus",
            configSnapshotDeliveryInfo={"lastStatus": "Failure", "lastErrorMessage": "no access"},
        ),
        "no access",
    ),
    Difference(
        "detection: rules",
        "config:DescribeComplianceByConfigRule",
        within("ComplianceByConfigRules", Compliance={"ComplianceType": "NON_COMPLIANT"}),
        "non compliant",
    ),
    Difference(
        "detection: rules",
        "config:DescribeComplianceByConfigRule",
        given(ComplianceByConfigRules=[]),
        "not there",
    ),
    Difference(
        "detection: standards",
        "securityhub:GetEnabledStandards",
        within("StandardsSubscriptions", StandardsStatus="INCOMPLETE"),
        "INCOMPLETE",
    ),
    Difference("detection: trail", "cloudtrail:GetTrailStatus", given(IsLogging=False), "logging is False"),
    Difference(
        "detection: trail", "cloudtrail:GetTrailStatus", given(LatestDeliveryTime=LONG_AGO), "400 days ago"
    ),
    Difference(
        "detection: trail",
        "cloudtrail:GetTrailStatus",
        given(LatestDeliveryError="AccessDenied"),
        "AccessDenied",
    ),
    Difference(
        "detection: trail",
        "cloudtrail:GetTrail",
        within("Trail", LogFileValidationEnabled=False),
        "validation",
    ),
    Difference("detection: trail", "cloudtrail:GetTrail", without("Trail", "KmsKeyId"), "a key of ours"),
    Difference(
        "detection: analyzers", "accessanalyzer:GetAnalyzer", within("analyzer", status="FAILED"), "FAILED"
    ),
    Difference(
        "detection: access from outside",
        "accessanalyzer:ListFindingsV2",
        given(findings=[FINDING]),
        "arn:aws:s3:::tollgate-prod-archive (AWS::S3::Bucket)",
    ),
)
