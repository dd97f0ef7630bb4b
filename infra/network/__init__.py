"""A stage's own network. Functions have no address that anybody can call, and few have a way out."""

from infra.network.dns_firewall import dns_log_name
from infra.network.egress_firewall import egress_log_name
from infra.network.flow_logs import flow_log_name
from infra.network.network import Network, NetworkArgs
from infra.network.placement import Placement

__all__ = ["Network", "NetworkArgs", "Placement", "dns_log_name", "egress_log_name", "flow_log_name"]
