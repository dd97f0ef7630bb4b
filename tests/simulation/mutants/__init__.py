"""Mutations of our own code: each makes one bug, for as long as its `with` block lasts."""
