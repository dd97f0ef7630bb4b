"""The DynamoDB tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pulumi
import pulumi_aws as aws

from infra.durability import Durability
from infra.keys import Keys
from infra.settings.capacity import TableCapacity, Tables
from infra.stage import Stage
from infra.table_capacity import Billing, billing, left_alone, scale


@dataclass(frozen=True)
class Index:
    """A secondary index of keys, and of what a filter asks for: what it finds is read from the table.

    It holds the rows that have both keys. `range_type`: DynamoDB's letter for strings or numbers. `shows`:
    other attributes; they never change, so they cost no write.
    """

    name: str
    hash_key: str
    range_key: str
    range_type: Literal["S", "N"] = "S"
    shows: tuple[str, ...] = ()


LISTING = Index("listing", "listing", "position")
# Payments with an operation without an outcome, by the time (Unix milliseconds) of their next check.
DUE = Index("due", "due_shard", "due", range_type="N")
# Payments with a reference: one write more for each of these, when it is made.
BY_REFERENCE = Index("by_reference", "ref", "position")
BY_MERCHANT = Index("by_merchant", "trail", "position", shows=("action", "actor", "holds"))
BY_RESOURCE = Index("by_resource", "subject", "position", shows=("action", "actor", "holds"))
# Events that money moved with, by the merchant's day.
BY_DAY = Index("by_day", "day", "position", shows=("movement",))
# What was sent to a webhook endpoint, and what is still to be.
BY_ENDPOINT = Index("by_endpoint", "endpoint", "position")


@dataclass(frozen=True)
class DataArgs:
    """Where the tables are, how hard they are to lose and how much they take."""

    stage: Stage
    durability: Durability
    keys: Keys
    capacity: Tables


class Data(pulumi.ComponentResource):
    """`tables` by name: with the hash key `id`, each under its own key, restorable to any second.

    `payments` has a stream: audit records and events are made from it; and `events`, for what the others tell
    it. `vault` must not have one.
    """

    def __init__(self, name: str, args: DataArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:data:Data", name, None, opts)
        self._args = args
        capacity = args.capacity
        self.payments = self._table("payments", capacity.payments, [LISTING, DUE, BY_REFERENCE], stream=True)
        self.vault = self._table("vault", capacity.vault, expires=True)
        self.clients = self._table("clients", capacity.clients)
        self.sessions = self._table("sessions", capacity.sessions)
        self.audits = self._table("audits", capacity.audits, [BY_MERCHANT, BY_RESOURCE])
        self.events = self._table("events", capacity.events, [BY_DAY, DUE], stream=True)
        self.webhooks = self._table("webhooks", capacity.webhooks, [BY_ENDPOINT, DUE], expires=True)
        self.tables: Mapping[str, aws.dynamodb.Table] = {
            "payments": self.payments,
            "vault": self.vault,
            "clients": self.clients,
            "sessions": self.sessions,
            "audits": self.audits,
            "events": self.events,
            "webhooks": self.webhooks,
        }
        self.register_outputs({})

    def _table(
        self,
        name: str,
        capacity: TableCapacity,
        indexes: Sequence[Index] = (),
        *,
        stream: bool = False,
        expires: bool = False,
    ) -> aws.dynamodb.Table:
        args, billed = self._args, billing(capacity)
        keys = {"id": "S"}
        for index in indexes:
            keys |= {index.hash_key: "S", index.range_key: index.range_type}
        table = aws.dynamodb.Table(
            name,
            name=args.stage.physical(name),
            billing_mode=billed.mode,
            read_capacity=billed.start and billed.start.reads,
            write_capacity=billed.start and billed.start.writes,
            on_demand_throughput=billed.on_demand_throughput,
            warm_throughput=billed.warm_throughput,
            hash_key="id",
            attributes=[
                aws.dynamodb.TableAttributeArgs(name=key, type=kind) for key, kind in sorted(keys.items())
            ],
            global_secondary_indexes=[_index(index, billed) for index in indexes],
            stream_enabled=stream,
            stream_view_type="NEW_AND_OLD_IMAGES" if stream else None,
            ttl=aws.dynamodb.TableTtlArgs(attribute_name="expires_at", enabled=True) if expires else None,
            point_in_time_recovery=aws.dynamodb.TablePointInTimeRecoveryArgs(enabled=True),
            server_side_encryption=aws.dynamodb.TableServerSideEncryptionArgs(
                enabled=True, kms_key_arn=args.keys.data[name].arn
            ),
            deletion_protection_enabled=args.durability.deletion_protection,
            opts=pulumi.ResourceOptions(
                parent=self, protect=args.durability.protect, ignore_changes=left_alone(capacity)
            ),
        )
        scale(name, table, [index.name for index in indexes], capacity)
        return table


def _index(index: Index, billed: Billing) -> aws.dynamodb.TableGlobalSecondaryIndexArgs:
    key = aws.dynamodb.TableGlobalSecondaryIndexKeySchemaArgs
    return aws.dynamodb.TableGlobalSecondaryIndexArgs(
        name=index.name,
        key_schemas=[
            key(attribute_name=index.hash_key, key_type="HASH"),
            key(attribute_name=index.range_key, key_type="RANGE"),
        ],
        projection_type="INCLUDE" if index.shows else "KEYS_ONLY",
        non_key_attributes=list(index.shows) or None,
        read_capacity=billed.start and billed.start.reads,
        write_capacity=billed.start and billed.start.writes,
        on_demand_throughput=billed.index_on_demand_throughput,
        warm_throughput=billed.index_warm_throughput,
    )
