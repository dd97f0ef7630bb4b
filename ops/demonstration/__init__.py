"""What `tollgate demo` shows on the running laptop cloud, over HTTP as an application would."""

from ops.demonstration.crash import show_crash
from ops.demonstration.purchase import show_purchase

__all__ = ["show_crash", "show_purchase"]
