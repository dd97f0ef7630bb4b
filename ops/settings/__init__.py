"""What can be set, for people (docs/settings.md) and for editors (a JSON Schema beside each program)."""
