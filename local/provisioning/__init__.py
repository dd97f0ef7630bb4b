"""Makes the program's resources on the emulator: what the runtime uses for real, the rest on record."""

from local.provisioning.registry import RECORDED

__all__ = ["RECORDED"]
