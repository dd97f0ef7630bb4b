"""What AWS tells otherwise than it was given differs in every plan, if the program doesn't know of it."""

import pytest

from tests.engine.conftest import NewStack
from tests.integration.local.project import write_project

pytestmark = [pytest.mark.toolchain("go"), pytest.mark.xdist_group("engine")]

PROGRAM = """
known = config.require_bool("known")


def ignoring(*inputs):
    ignored = pulumi.ResourceOptions(ignore_changes=list(inputs) if known else [])
    return pulumi.ResourceOptions.merge(options, ignored)


aws.ec2.DefaultNetworkAcl("closed", default_network_acl_id="acl-1", opts=ignoring("subnetIds"))
aws.dynamodb.Table("payments", name="payments", hash_key="id",
                   attributes=[{"name": "id", "type": "S"}], billing_mode="PAY_PER_REQUEST",
                   warm_throughput={"read_units_per_second": 12000, "write_units_per_second": 4000},
                   opts=ignoring("warmThroughput"))
aws.backup.RegionSettings("dynamodb", resource_type_opt_in_preference={"DynamoDB": True},
                          opts=ignoring("resourceTypeOptInPreference"))
aws.lambda_.ProvisionedConcurrencyConfig("warm", function_name="payments", qualifier="live",
                                         provisioned_concurrent_executions=5,
                                         opts=ignoring("provisionedConcurrentExecutions"))
agents = ["EKS_ADDON_MANAGEMENT", "ECS_FARGATE_AGENT_MANAGEMENT", "EC2_AGENT_MANAGEMENT"]
aws.guardduty.DetectorFeature("runtime", detector_id="d", name="RUNTIME_MONITORING", status="DISABLED",
                              additional_configurations=[{"name": agent, "status": "DISABLED"}
                                                         for agent in agents] if known else None,
                              opts=options)
"""


@pytest.mark.parametrize("known", [True, False])
def test_a_program_that_doesnt_know_of_it_never_comes_to_rest(
    new_stack: NewStack, tmp_path_factory: pytest.TempPathFactory, known: bool
) -> None:
    settings: dict[str, object] = {"small:account_id": "111111111111", "small:region": "eu-west-1"}
    root = write_project(
        tmp_path_factory.mktemp("small"), PROGRAM, {**settings, "small:known": str(known).lower()}
    )
    stack = new_stack(str(root), "local")
    deployed = stack.up()
    assert deployed.code == 0, deployed.output
    looked = stack.preview("--refresh")
    assert looked.code == 0, looked.output
    assert {(step.op, step.name): step.keys for step in looked.steps("update", "replace")} == (
        {}
        if known
        else {
            ("replace", "payments"): ("warmThroughput",),
            ("replace", "runtime"): ("additionalConfigurations",),
            ("update", "closed"): (),
            ("update", "dynamodb"): (),
            ("update", "warm"): (),
        }
    )
