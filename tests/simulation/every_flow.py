"""All flows."""

from tests.simulation.checkout_flows import CHECKOUT_FLOWS
from tests.simulation.flows import FLOWS

EVERY_FLOW = (*FLOWS, *CHECKOUT_FLOWS)
