"""The entry of the command line: tuolian, or python -m tuolian."""

from tuolian.cli.app import app


def main() -> None:
    """Runs the command line; leaves by SystemExit with the exit code."""
    app(prog_name="tuolian")


if __name__ == "__main__":
    main()
