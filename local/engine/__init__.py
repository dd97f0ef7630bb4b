"""A miniature deployment engine: runs the unmodified Pulumi program without the Pulumi CLI."""

from local.engine.backend import Applied, Backend, Provider, Resource
from local.engine.errors import ConfigurationError, DeploymentError, ProgramError, ResourceError
from local.engine.graph import Graph, Node
from local.engine.recording import RecordingBackend
from local.engine.run import up
from local.engine.values import Secret, Unknown, reveal

__all__ = [
    "Applied",
    "Backend",
    "ConfigurationError",
    "DeploymentError",
    "Graph",
    "Node",
    "ProgramError",
    "Provider",
    "RecordingBackend",
    "Resource",
    "ResourceError",
    "Secret",
    "Unknown",
    "reveal",
    "up",
]
