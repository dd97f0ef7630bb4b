"""The stacks that tests run: our programs with settings of the tests' own.

Those at the root of the repository belong to the company that deploys them. `tollgate check` is their test.
"""

from pathlib import Path

PROJECT = Path(__file__).parent
BOOTSTRAP = PROJECT / "bootstrap"
SECURITY = PROJECT / "security"
DELEGATION = SECURITY / "delegation"
