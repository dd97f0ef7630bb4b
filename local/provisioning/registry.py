"""Which resource types the laptop cloud makes, and which it only keeps on record."""

from __future__ import annotations

from collections.abc import Mapping

from local.provisioning import dynamodb, events, functions, gateway, iam, kms, logs, secretsmanager, sqs
from local.provisioning.creator import Creator

CREATED: Mapping[str, type[Creator]] = {
    "aws:apigateway/deployment:Deployment": gateway.Deployment,
    "aws:apigateway/methodSettings:MethodSettings": gateway.MethodSettings,
    "aws:apigateway/restApi:RestApi": gateway.RestApi,
    "aws:apigateway/stage:Stage": gateway.Stage,
    "aws:apigateway/usagePlan:UsagePlan": gateway.UsagePlan,
    "aws:cloudwatch/eventRule:EventRule": events.EventRule,
    "aws:cloudwatch/eventTarget:EventTarget": events.EventTarget,
    "aws:cloudwatch/logGroup:LogGroup": logs.LogGroup,
    "aws:dynamodb/table:Table": dynamodb.Table,
    "aws:iam/policy:Policy": iam.Policy,
    "aws:iam/role:Role": iam.Role,
    "aws:iam/rolePolicy:RolePolicy": iam.RolePolicy,
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": iam.RolePolicyAttachment,
    "aws:kms/alias:Alias": kms.Alias,
    "aws:kms/key:Key": kms.Key,
    "aws:lambda/eventSourceMapping:EventSourceMapping": functions.EventSourceMapping,
    "aws:lambda/function:Function": functions.Function,
    "aws:lambda/permission:Permission": functions.Permission,
    "aws:secretsmanager/secret:Secret": secretsmanager.Secret,
    "aws:secretsmanager/secretPolicy:SecretPolicy": secretsmanager.SecretPolicy,
    "aws:sqs/queue:Queue": sqs.Queue,
    "aws:sqs/queuePolicy:QueuePolicy": sqs.QueuePolicy,
    "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": sqs.RedriveAllowPolicy,
    "aws:sqs/redrivePolicy:RedrivePolicy": sqs.RedrivePolicy,
}

# Nothing on the laptop depends on these, so they get an id and are otherwise only counted.
RECORDED: frozenset[str] = frozenset(
    {
        "aws:apigateway/account:Account",
        # accounts: the emulator's roles have what they were given, and nobody else to give them more
        "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive",
        "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
        # bucket
        "aws:s3/bucket:Bucket",
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        "aws:s3/bucketLogging:BucketLogging",
        "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
        "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
        "aws:s3/bucketPolicy:BucketPolicy",
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        "aws:s3/bucketVersioning:BucketVersioning",
    }
)
