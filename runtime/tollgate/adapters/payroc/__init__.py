"""The processor Payroc over HTTPS: an adapter of `tollgate.ports.Processor`."""

from tollgate.adapters.payroc.access import Credentials, CredentialsUnavailable
from tollgate.adapters.payroc.deadline import Clock
from tollgate.adapters.payroc.processor import Payroc
from tollgate.adapters.payroc.settings import Limits, PayrocAccount

__all__ = ["Clock", "Credentials", "CredentialsUnavailable", "Limits", "Payroc", "PayrocAccount"]
