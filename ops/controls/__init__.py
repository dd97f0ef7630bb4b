"""Which requirement of PCI DSS is met by what, and what remains for people."""

from ops.controls.matrix import Control, controls
from ops.controls.requirement import STANDARD, VERSION, Requirement
from ops.controls.requirements import REQUIREMENTS

__all__ = ["REQUIREMENTS", "STANDARD", "VERSION", "Control", "Requirement", "controls"]
