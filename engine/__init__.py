"""A miniature deployment engine: runs the unmodified Pulumi program without the Pulumi CLI."""

from engine.backend import Applied, Backend, Provider, Resource
from engine.errors import ConfigurationError, DeploymentError, ProgramError, ResourceError
from engine.graph import Graph, Node
from engine.recording import RecordingBackend
from engine.run import up
from engine.values import Secret, Unknown, reveal

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
