"""The command line: a command a file."""


def main() -> None:
    """Run the command line."""
