"""Forget a laptop cloud: `make clean-local`."""

import os
import shutil
import sys
from pathlib import Path

from local.errors import LocalCloudError
from local.lock import DirectoryLock

DEFAULT = Path(__file__).parents[1] / ".tollgate"


def forget(directory: Path) -> None:
    """Remove its state. Raises `LocalCloudError` while it runs, and for a folder that is something else."""
    if not directory.exists():
        return
    if any(directory.iterdir()) and not (directory / "lock").is_file():
        raise LocalCloudError(f"{directory} isn't a laptop cloud's state: nothing was removed")
    lock = DirectoryLock(directory)
    shutil.rmtree(directory)
    lock.release()


if __name__ == "__main__":
    try:
        forget(Path(os.environ.get("TOLLGATE_STATE_DIR") or DEFAULT))
    except LocalCloudError as error:
        sys.exit(f"Not forgotten: {error}")
