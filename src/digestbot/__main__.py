"""``python -m digestbot`` is the command line."""

from __future__ import annotations

from digestbot.cli import main

if __name__ == "__main__":
    main()
