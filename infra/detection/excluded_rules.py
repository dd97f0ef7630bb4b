"""Managed rules of AWS's packs for PCI DSS that are left out on purpose, and why."""

from collections.abc import Mapping

EXCLUDED: Mapping[str, str] = {
    "API_GW_CACHE_ENABLED_AND_ENCRYPTED": (
        "It demands a cache. Payments are never cached: an answer may not outlive the state it tells."
    ),
    "API_GW_SSL_ENABLED": (
        "A client certificate is for HTTP back ends; functions are invoked with API Gateway's own rights."
    ),
    "CLOUD_TRAIL_CLOUD_WATCH_LOGS_ENABLED": (
        "It asks it of every trail. That of management writes to CloudWatch, which is tested; a copy of the"
        " use of data would cost more than its trail."
    ),
    "CLOUDTRAIL_S3_DATAEVENTS_ENABLED": (
        "It wants basic selectors of all buckets; the trail names the stage's buckets, without deliveries."
    ),
    "DYNAMODB_IN_BACKUP_PLAN": "DYNAMODB_RESOURCES_PROTECTED_BY_BACKUP_PLAN says more.",
    "IAM_NO_INLINE_POLICY_CHECK": (
        "Each function's role has one inline policy, so that it can't be attached to anything else; roles end"
        " with what they have by declaration, and a managed policy would add nothing but reuse."
    ),
    "INTERNET_GATEWAY_AUTHORIZED_VPC_ONLY": (
        "The gateway belongs to the stage's VPC, the account's only one, which has it for the NAT alone."
    ),
    "LAMBDA_CONCURRENCY_CHECK": (
        "It demands a reservation of every function; ours are given where they protect something (settings)."
    ),
    "LAMBDA_DLQ_CHECK": (
        "It knows dead-letter queues only; functions are invoked synchronously, by a queue with its own, or"
        " have on-failure destinations, which carry the error as well."
    ),
    "MACIE_STATUS_CHECK": (
        "Macie looks for card data in buckets. None is written there (tests of logs and exports say so), and"
        " looking through the archive costs more than the archive."
    ),
    "NACL_NO_UNRESTRICTED_SSH_RDP": (
        "Network ACLs have no state: answers through the NAT need the high ports, RDP's among them. Security"
        " groups decide, and let nothing in."
    ),
    "NO_UNRESTRICTED_ROUTE_TO_IGW": (
        "The NAT's subnet has such a route and nothing else; routes of all subnets are tested."
    ),
    "S3_BUCKET_DEFAULT_LOCK_ENABLED": (
        "AWS Config doesn't deliver to a locked bucket, nor S3 its access logs; the trail and the archive are"
        " locked, which is tested."
    ),
    "S3_BUCKET_LOGGING_ENABLED": "The bucket of access logs can't log itself; that others do is tested.",
    "S3_DEFAULT_ENCRYPTION_KMS": (
        "S3 delivers access logs to a bucket with its own encryption only; that others have a key is tested."
    ),
    "SECRETSMANAGER_ROTATION_ENABLED_CHECK": (
        "It knows rotation by Secrets Manager only. A processor issues its own keys, and card keys"
        " change with an overlap that browsers need: both by command and runbook."
    ),
    "SECRETSMANAGER_SECRET_PERIODIC_ROTATION": (
        "As SECRETSMANAGER_ROTATION_ENABLED_CHECK: it doesn't see a value that was put by the command."
    ),
}
