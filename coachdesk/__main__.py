"""Start: ``coachdesk`` opens the window, ``coachdesk COMMAND`` does one thing and ends."""

import sys


def main() -> None:
    """Run the command line and end the process with its exit code."""
    try:
        from coachdesk.cli import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # before there are words for it
        code = 1
    sys.exit(code)


if __name__ == "__main__":
    main()
