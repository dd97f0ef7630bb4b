"""Cases by topic: a module for each of the pack's."""
