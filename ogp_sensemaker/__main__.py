"""No arguments, or a project to open: the window; otherwise the command line."""

import sys


def main() -> int:
    """What `ogp-sensemaker` starts; returns the exit code."""
    if len(sys.argv) > 1 and not sys.argv[1].endswith(".ogps"):
        from ogp_sensemaker import bugs
        from ogp_sensemaker.cli.commands import main as command_line

        bugs.watch()
        return command_line(sys.argv[1:])
    from ogp_sensemaker.qt.app import main as window

    return window(sys.argv)


if __name__ == "__main__":
    sys.exit(main())
