"""The functions back on the package of the release before, by moving what callers invoke."""
