"""The card fields' own origin on the internet."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from infra.bucket import Bucket
from infra.fields.distribution import Delivery, DeliveryArgs
from infra.fields.files import Files, FilesArgs
from infra.fields.firewall import FieldsFirewall, FieldsFirewallArgs
from infra.fields.logs import Logs, LogsArgs
from infra.keys import Keys
from infra.settings import Settings, card_fields


@dataclass(frozen=True)
class CardFieldsArgs:
    """`api`: the API's URL. `access_logs`: see `BucketArgs`."""

    settings: Settings
    card_fields: card_fields.CardFields
    keys: Keys
    api: str
    access_logs: Bucket


class CardFields(pulumi.ComponentResource):
    """The card fields at their own name. `target`: the name that DNS must lead it to."""

    def __init__(self, name: str, args: CardFieldsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:card_fields:CardFields", name, None, opts)
        self._child = pulumi.ResourceOptions(parent=self)
        settings, named = args.settings, args.card_fields
        files = Files(name, FilesArgs(settings, args.keys, args.api, args.access_logs), self._child)
        logs = Logs(name, LogsArgs(settings, args.keys, args.access_logs), self._child)
        firewall = FieldsFirewall(
            name, FieldsFirewallArgs(settings.stage, named, logs.bucket, logs.ready), self._child
        )
        delivery = Delivery(
            name, DeliveryArgs(settings.stage, named, args.api, files, firewall.web_acl), self._child
        )
        self.distribution = delivery.distribution
        self.target = self.distribution.domain_name
        logs.deliver(self.distribution)
        if named.zone_id is not None:
            for kind in ("A", "AAAA"):
                self._record(kind, named.name, named.zone_id)
        self.register_outputs({})

    def _record(self, kind: str, name: str, zone_id: str) -> None:
        aws.route53.Record(
            f"card-fields-{kind}",
            name=name,
            type=kind,
            zone_id=zone_id,
            aliases=[
                aws.route53.RecordAliasArgs(
                    name=self.target,
                    zone_id=self.distribution.hosted_zone_id,
                    evaluate_target_health=False,
                )
            ],
            opts=self._child,
        )
