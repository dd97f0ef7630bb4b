"""Why the laptop cloud can't start or go on, and what to do next."""


class LocalCloudError(Exception):
    """Its message tells a person at the terminal what to do."""


class PortTakenError(LocalCloudError):
    """Another program listens on a port that is needed."""


class AlreadyRunningError(LocalCloudError):
    """Another process uses the same state directory."""


class StateUnusableError(LocalCloudError):
    """What an earlier run has left can't be read or written."""
