"""Cases of `policies/pack/resource_policies.py`."""

from policies.pack import resource_policies
from policies.pack.aws import PERMISSION
from tests.policies.case import Case
from tests.policies.patches import add, allow_also, change
from tests.policies.resources import ACCOUNT, UNKNOWN, allow, document, resource

BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy"
QUEUE_POLICY = "aws:sqs/queuePolicy:QueuePolicy"
EVENTS = {"Service": "events.amazonaws.com"}
OTHERS = {"StringNotEquals": {"aws:PrincipalAccount": "111111111111"}}
ANY_SOURCE = {"ArnLike": {"aws:SourceArn": "*"}}

CASES = [
    Case(
        resource_policies.function_permission_is_bound,
        passes=[resource(PERMISSION, principal="events.amazonaws.com", sourceArn="arn:aws:events:rule/r")],
        fails=[resource(PERMISSION, principal="s3.amazonaws.com", sourceArn="arn:aws:s3:::b")],
        unknown=[resource(PERMISSION, principal="events.amazonaws.com", sourceArn=UNKNOWN)],
        broken=change(PERMISSION, "sweeper", {"sourceArn": None}),
        also=frozenset({"function-is-invoked-from-stack"}),
    ),
    Case(
        resource_policies.resource_policy_names_principals,
        passes=[
            resource(QUEUE_POLICY, policy=allow("sqs:SendMessage", Principal="*", Condition=ACCOUNT)),
            resource(
                BUCKET_POLICY,
                policy=document({"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Principal": "*"}),
            ),
        ],
        fails=[
            resource(BUCKET_POLICY, policy=allow("s3:GetObject", Principal={"AWS": "*"}, Condition=OTHERS))
        ],
        unknown=[resource(BUCKET_POLICY, policy=UNKNOWN)],
        broken=allow_also(
            QUEUE_POLICY,
            "operations",
            {"Action": "sqs:SendMessage", "Principal": "*", "Resource": "arn:aws:sqs:::operations"},
        ),
    ),
    Case(
        resource_policies.resource_policy_binds_services,
        passes=[
            resource(QUEUE_POLICY, policy=allow("sqs:SendMessage", Principal=EVENTS, Condition=ACCOUNT)),
            resource("aws:sns/topicPolicy:TopicPolicy", policy=allow("sns:Publish", Principal=EVENTS)),
        ],
        fails=[
            resource(QUEUE_POLICY, policy=allow("sqs:SendMessage", Principal=EVENTS, Condition=ANY_SOURCE))
        ],
        unknown=[resource(QUEUE_POLICY, policy=UNKNOWN)],
        broken=add(
            "aws:secretsmanager/secretPolicy:SecretPolicy",
            policy=allow("secretsmanager:GetSecretValue", Principal=EVENTS),
        ),
    ),
]
