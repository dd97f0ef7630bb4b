"""The stages that a repository deploys: which there are, and what each one's files say."""

from ops.stages.files import stack_file

__all__ = ["stack_file"]
