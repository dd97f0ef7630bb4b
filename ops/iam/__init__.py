"""Least privilege, measured: what the functions may do, what they have done, and what they must never do."""
