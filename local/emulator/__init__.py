"""The emulator process behind the laptop cloud: ministack, with what it leaves out."""

from local.emulator.process import Emulator, EmulatorError, EmulatorSettings

__all__ = ["Emulator", "EmulatorError", "EmulatorSettings"]
