"""Where the program deploys to, and what things are called there."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Stage:
    """One stack in one account and region. `account_id` has twelve digits."""

    name: str
    account_id: str
    region: str

    def physical(self, noun: str) -> str:
        """The name that AWS knows a resource by, e.g. `tollgate-dev-payments`."""
        return f"tollgate-{self.name}-{noun}"

    def bucket(self, noun: str) -> str:
        """The name of a bucket: unlike other names it must be nobody else's in the world."""
        return f"{self.physical(noun)}-{self.account_id}"

    def arn(self, service: str, resource: str) -> str:
        """The ARN of a regional resource of this stage, from its documented form."""
        return f"arn:aws:{service}:{self.region}:{self.account_id}:{resource}"

    def endpoint(self, service: str) -> str:
        """The service's name in `kms:ViaService` and as a regional service principal."""
        return f"{service}.{self.region}.amazonaws.com"
