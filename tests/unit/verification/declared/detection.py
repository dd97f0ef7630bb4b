"""What an account as declared says of its detection."""

from typing import Any

from engine import Graph
from tests.unit.verification.declared.answering import ACCOUNT, RECENTLY, Inputs, all_of, one, to


@to("guardduty:ListDetectors")
def detectors(graph: Graph, _: Inputs) -> dict[str, Any]:
    return {"DetectorIds": ["live"]}


@to("guardduty:GetDetector")
def detector(graph: Graph, _: Inputs) -> dict[str, Any]:
    declared = all_of(graph, "guardduty/detectorFeature:DetectorFeature")
    features = [{"Name": each["name"], "Status": each["status"]} for each in declared]
    return {"ServiceRole": "arn:aws:iam::1:role/x", "Status": "ENABLED", "Features": features}


@to("config:DescribeConfigurationRecorderStatus")
def recorder(graph: Graph, asked: Inputs) -> dict[str, Any]:
    return {"ConfigurationRecordersStatus": [{"recording": True, "lastStatus": "Success"}]}


@to("config:DescribeDeliveryChannelStatus")
def delivery(graph: Graph, asked: Inputs) -> dict[str, Any]:
    return {"DeliveryChannelsStatus": [{"configHistoryDeliveryInfo": {"lastStatus": "Success"}}]}


@to("config:DescribeComplianceByConfigRule")
def compliance(graph: Graph, _: Inputs) -> dict[str, Any]:
    names = [rule["name"] for rule in all_of(graph, "cfg/rule:Rule")]
    obeyed = {"ComplianceType": "COMPLIANT"}
    return {"ComplianceByConfigRules": [{"ConfigRuleName": name, "Compliance": obeyed} for name in names]}


@to("securityhub:GetEnabledStandards")
def standards(graph: Graph, _: Inputs) -> dict[str, Any]:
    return {
        "StandardsSubscriptions": [
            {
                "StandardsArn": each["standardsArn"],
                "StandardsStatus": "READY",
                "StandardsSubscriptionArn": "arn:aws:securityhub:x",
                "StandardsInput": {},
            }
            for each in all_of(graph, "securityhub/standardsSubscription:StandardsSubscription")
        ]
    }


@to("cloudtrail:GetTrail")
def trail(graph: Graph, asked: Inputs) -> dict[str, Any]:
    declared = one(graph, "cloudtrail/trail:Trail", name=asked["Name"])
    live = {
        "LogFileValidationEnabled": declared["enableLogFileValidation"],
        "IsMultiRegionTrail": declared["isMultiRegionTrail"],
        "S3BucketName": declared["s3BucketName"],
        "KmsKeyId": "arn:aws:kms:x",
    }
    return {"Trail": live}


@to("cloudtrail:GetTrailStatus")
def trail_status(graph: Graph, asked: Inputs) -> dict[str, Any]:
    return {"IsLogging": True, "LatestDeliveryTime": RECENTLY}


@to("accessanalyzer:GetAnalyzer")
def analyzer(graph: Graph, asked: Inputs) -> dict[str, Any]:
    declared = one(graph, "accessanalyzer/analyzer:Analyzer", analyzerName=asked["analyzerName"])
    live = {
        "arn": f"arn:aws:access-analyzer:eu-west-1:{ACCOUNT}:analyzer/{declared['analyzerName']}",
        "name": declared["analyzerName"],
        "type": declared["type"],
        "createdAt": RECENTLY,
        "status": "ACTIVE",
    }
    return {"analyzer": live}


@to("accessanalyzer:ListFindingsV2")
def access_from_outside(graph: Graph, asked: Inputs) -> dict[str, Any]:
    return {"findings": []}
