"""An account in AWS, asked for its quotas."""

from collections.abc import Callable, Mapping
from functools import cached_property

import boto3
from botocore.client import BaseClient
from botocore.exceptions import ClientError

from ops.preflight import quotas
from ops.preflight.quotas import Quota

UNKNOWN = "NoSuchResourceException"


class AwsAccount:
    """See `Account`. Raises botocore's errors, but for a quota that AWS doesn't know in the region."""

    def __init__(self, session: boto3.Session) -> None:
        self._session = session
        # Service Quotas tells the default for these where a service grants a new account less, or a region.
        self._told_by_service: Mapping[Quota, Callable[[], float]] = {
            quotas.LAMBDA_CONCURRENCY: self._concurrency,
            quotas.API_RATE: lambda: self._throttle["rateLimit"],
            quotas.API_BURST: lambda: self._throttle["burstLimit"],
        }

    def granted(self, quota: Quota) -> float | None:
        if quota in self._told_by_service:
            return self._told_by_service[quota]()
        # An account that never asked for more may have only the default.
        for ask in (self._quotas.get_service_quota, self._quotas.get_aws_default_service_quota):
            try:
                return ask(ServiceCode=quota.service, QuotaCode=quota.code)["Quota"]["Value"]
            except ClientError as error:
                if error.response["Error"]["Code"] != UNKNOWN:
                    raise
        return None

    def _concurrency(self) -> float:
        return self._session.client("lambda").get_account_settings()["AccountLimit"]["ConcurrentExecutions"]

    @cached_property
    def _throttle(self) -> Mapping[str, float]:
        return self._session.client("apigateway").get_account()["throttleSettings"]

    @cached_property
    def _quotas(self) -> BaseClient:
        return self._session.client("service-quotas")
