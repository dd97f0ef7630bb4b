"""Where `tollgate` begins."""

import sys


def main() -> None:
    """Run the command. Ctrl-C ends it with exit code 130 from its first moment on, and with no traceback."""
    try:
        # Imported here: it takes half a second, in which somebody may think better of it.
        from ops.command import app  # noqa: PLC0415

        app()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
