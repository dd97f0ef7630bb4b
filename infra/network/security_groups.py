"""Who may talk to whom: functions to doors, processor's callers to the internet, all of it HTTPS."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from infra.stage import Stage

HTTPS = 443
ANYWHERE = "0.0.0.0/0"


@dataclass(frozen=True)
class SecurityGroupsArgs:
    """Where the groups are."""

    stage: Stage
    vpc: aws.ec2.Vpc


class SecurityGroups(pulumi.ComponentResource):
    """`isolated` and `egress`, of functions with that place, and `endpoints`. Nobody may call a function."""

    def __init__(
        self, name: str, args: SecurityGroupsArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("tollgate:network:SecurityGroups", name, None, opts)
        self._args = args
        self._child = pulumi.ResourceOptions(parent=self)
        self.isolated = self._group("isolated", "Functions that reach AWS services alone")
        self.egress = self._group("egress", "Functions that call the processor")
        self.endpoints = self._group("endpoints", "Interface endpoints of AWS services")
        self._functions = {"isolated": self.isolated, "egress": self.egress}
        for function, group in self._functions.items():
            self._to_endpoints(function, group)
        # Anywhere: the processor promises host names, not addresses. The firewall knows names.
        self._https("egress-processor", self.egress, "The processor", cidr_ipv4=ANYWHERE)
        self.register_outputs({})

    def open_gateway(self, service: str, endpoint: aws.ec2.VpcEndpoint) -> None:
        """All functions reach what the gateway endpoint leads to."""
        for function, group in self._functions.items():
            self._https(f"{function}-{service}", group, service, prefix_list_id=endpoint.prefix_list_id)

    def _group(self, name: str, description: str) -> aws.ec2.SecurityGroup:
        physical_name = self._args.stage.physical(name)
        return aws.ec2.SecurityGroup(
            name,
            name=physical_name,
            description=description,
            vpc_id=self._args.vpc.id,
            tags={"Name": physical_name},
            opts=self._child,
        )

    def _to_endpoints(self, function: str, group: aws.ec2.SecurityGroup) -> None:
        self._https(
            f"{function}-endpoints", group, "AWS services", referenced_security_group_id=self.endpoints.id
        )
        aws.vpc.SecurityGroupIngressRule(
            f"endpoints-{function}",
            security_group_id=self.endpoints.id,
            description=f"{function} functions",
            ip_protocol="tcp",
            from_port=HTTPS,
            to_port=HTTPS,
            referenced_security_group_id=group.id,
            opts=self._child,
        )

    def _https(
        self,
        name: str,
        group: aws.ec2.SecurityGroup,
        description: str,
        *,
        cidr_ipv4: str | None = None,
        prefix_list_id: pulumi.Input[str] | None = None,
        referenced_security_group_id: pulumi.Input[str] | None = None,
    ) -> None:
        """The group's members may call one destination."""
        aws.vpc.SecurityGroupEgressRule(
            name,
            security_group_id=group.id,
            description=description,
            ip_protocol="tcp",
            from_port=HTTPS,
            to_port=HTTPS,
            cidr_ipv4=cidr_ipv4,
            prefix_list_id=prefix_list_id,
            referenced_security_group_id=referenced_security_group_id,
            opts=self._child,
        )
