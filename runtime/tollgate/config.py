"""The environment of a function, read once at its start. What is missing or malformed is named."""

import os


class ConfigError(Exception):
    """An environment variable is missing or malformed. The function must not start."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(f"{key}: {reason}")


def text(key: str) -> str:
    """A variable that must be there."""
    value = os.environ.get(key, "").strip()
    if not value:
        raise ConfigError(key, "is missing or empty")
    return value


def optional_text(key: str) -> str | None:
    """A variable that may be missing or empty."""
    return os.environ.get(key, "").strip() or None


def texts(key: str) -> tuple[str, ...]:
    """A comma-separated list of at least one entry, none empty."""
    entries = tuple(entry.strip() for entry in text(key).split(","))
    if not all(entries):
        raise ConfigError(key, "has an empty entry between its commas")
    return entries


def number(key: str, least: int, most: int, *, default: int) -> int:
    """A whole number between `least` and `most`, or the default when the variable isn't there."""
    value = os.environ.get(key)
    if value is None:
        return default
    if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
        raise ConfigError(key, f"must be a whole number from {least} to {most}")
    return int(value)
