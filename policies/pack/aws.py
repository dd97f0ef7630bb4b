"""Type tokens of the resources that several topics speak of."""

ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
BUCKET = "aws:s3/bucket:Bucket"
BUCKETS = (BUCKET, "aws:s3/bucketV2:BucketV2")
EVENT_RULE = "aws:cloudwatch/eventRule:EventRule"
EVENT_SOURCE = "aws:lambda/eventSourceMapping:EventSourceMapping"
EVENT_TARGET = "aws:cloudwatch/eventTarget:EventTarget"
FUNCTION = "aws:lambda/function:Function"
KEY = "aws:kms/key:Key"
LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup"
METHOD_SETTINGS = "aws:apigateway/methodSettings:MethodSettings"
PERMISSION = "aws:lambda/permission:Permission"
PROVIDER = "pulumi:providers:aws"
QUEUE = "aws:sqs/queue:Queue"
REST_API = "aws:apigateway/restApi:RestApi"
ROLE = "aws:iam/role:Role"
ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy"
SCHEDULE = "aws:scheduler/schedule:Schedule"
SECRET = "aws:secretsmanager/secret:Secret"
SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup"
STAGE = "aws:apigateway/stage:Stage"
SUBNET = "aws:ec2/subnet:Subnet"
TABLE = "aws:dynamodb/table:Table"
TOPIC = "aws:sns/topic:Topic"
TRAIL = "aws:cloudtrail/trail:Trail"
VPC = "aws:ec2/vpc:Vpc"
WEB_ACL = "aws:wafv2/webAcl:WebAcl"


def split(name: str) -> tuple[str, str]:
    """A part of a bucket that is a resource of its own, as versions 7 and 6 of the provider call it:
    `split("Versioning")`."""
    return f"aws:s3/bucket{name}:Bucket{name}", f"aws:s3/bucket{name}V2:Bucket{name}V2"
