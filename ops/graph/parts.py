"""The parts of the platform: its outermost components."""

from engine import Graph, Node
from engine.graph import STACK


def part_of(graph: Graph, node: Node) -> Node:
    """The outermost component around the node, or the node itself."""
    part = node
    while part.parent and graph.nodes[part.parent].type != STACK:
        part = graph.nodes[part.parent]
    return part
