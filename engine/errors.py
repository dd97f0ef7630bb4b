"""What can go wrong with a deployment, in words for the person who runs it."""


class DeploymentError(Exception):
    """The program could not be run to its end."""


class ConfigurationError(DeploymentError):
    """Pulumi.yaml or the stack's file is missing, malformed or lacks a value."""


class ProgramError(DeploymentError):
    """The Pulumi program itself raised; `__cause__` is its exception."""


class ResourceError(DeploymentError):
    """The engine or its back end refused a resource or an invoke of the program."""
