"""The API's own name on the internet."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from infra.settings.edge import CustomDomain


@dataclass(frozen=True)
class Tls:
    """What a caller's connection must offer. `access_mode` goes with AWS's newer policies only."""

    policy: str
    access_mode: str | None


# TLS 1.3 or 1.2, forward secrecy only; and no connection for one name that asks for another (`STRICT`).
MODERN = Tls("SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09", "STRICT")
# API Gateway can't ask for client certificates under a newer policy.
WITH_CLIENT_CERTIFICATES = Tls("TLS_1_2", None)


def tls(domain: CustomDomain | None) -> Tls:
    """The same for the API and its domain: API Gateway may apply either's. Its default is TLS 1.0."""
    return WITH_CLIENT_CERTIFICATES if domain and domain.mutual_tls else MODERN


@dataclass(frozen=True)
class DomainArgs:
    """`stage`: of the API, answers at the root of the name."""

    domain: CustomDomain
    stage: aws.apigateway.Stage


class Domain(pulumi.ComponentResource):
    """The API at its own name. `target`: the name that DNS must lead it to."""

    def __init__(self, name: str, args: DomainArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:domain:Domain", name, None, opts)
        self._args = args
        self._child = pulumi.ResourceOptions(parent=self)
        self.domain_name = self._domain_name()
        self.target = self.domain_name.regional_domain_name
        aws.apigateway.BasePathMapping(
            "api",
            rest_api=args.stage.rest_api,
            stage_name=args.stage.stage_name,
            domain_name=self.domain_name.domain_name,
            opts=self._child,
        )
        if args.domain.zone_id is not None:
            for kind in ("A", "AAAA"):
                self._record(kind, args.domain.zone_id)
        self.register_outputs({})

    def _domain_name(self) -> aws.apigateway.DomainName:
        domain = self._args.domain
        client_certificates = domain.mutual_tls and aws.apigateway.DomainNameMutualTlsAuthenticationArgs(
            truststore_uri=domain.mutual_tls.truststore_uri,
            truststore_version=domain.mutual_tls.truststore_version,
        )
        return aws.apigateway.DomainName(
            "api",
            domain_name=domain.name,
            regional_certificate_arn=domain.certificate_arn,
            security_policy=tls(domain).policy,
            endpoint_access_mode=tls(domain).access_mode,
            endpoint_configuration=aws.apigateway.DomainNameEndpointConfigurationArgs(
                types="REGIONAL", ip_address_type="dualstack"
            ),
            mutual_tls_authentication=client_certificates,
            opts=self._child,
        )

    def _record(self, kind: str, zone_id: str) -> None:
        aws.route53.Record(
            kind,
            name=self._args.domain.name,
            type=kind,
            zone_id=zone_id,
            aliases=[
                aws.route53.RecordAliasArgs(
                    name=self.target,
                    zone_id=self.domain_name.regional_zone_id,
                    # There is one target: a record that hides when it is unwell helps nobody.
                    evaluate_target_health=False,
                )
            ],
            opts=self._child,
        )
