"""The quotas of AWS that a stage relies on, by the codes that Service Quotas knows them by."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Quota:
    """A limit of an account in a region. `adjustable`: whether AWS raises it on request."""

    service: str
    code: str
    name: str
    adjustable: bool = True


class Account(Protocol):
    """What an account grants."""

    def granted(self, quota: Quota) -> float | None:
        """The quota's value now; None where AWS doesn't tell."""
        ...


LAMBDA_CONCURRENCY = Quota("lambda", "L-B99A9384", "Concurrent executions")
API_RATE = Quota("apigateway", "L-8A5B8E43", "Throttle rate per second")
# AWS derives it from the rate.
API_BURST = Quota("apigateway", "L-CDF5615A", "Throttle burst", adjustable=False)
TABLE_READS = Quota("dynamodb", "L-CF0CBE56", "Table-level read throughput")
TABLE_WRITES = Quota("dynamodb", "L-AB614373", "Table-level write throughput")
KMS_SYMMETRIC = Quota("kms", "L-6E3AF000", "Cryptographic operations (symmetric) per second")
KMS_ELLIPTIC = Quota("kms", "L-DC14942D", "Cryptographic operations (ECC) per second")
ENDPOINTS = Quota("vpc", "L-29B6F2EB", "Interface VPC endpoints per VPC")
ADDRESSES = Quota("ec2", "L-0263D0A3", "EC2-VPC Elastic IPs")
