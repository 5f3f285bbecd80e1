"""Progress on stderr: each stage as it begins."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console

    from digestbot.ledger import Progress


@contextmanager
def told(console: Console | None = None) -> Iterator[Progress]:
    """Tell each stage: in one live line on a terminal, in plain lines elsewhere."""
    from rich.console import Console

    console = console or Console(stderr=True)
    if not console.is_terminal:
        yield lambda stage: click.echo(f"digestbot: {stage}", err=True)
        return
    with console.status("begin", spinner="dots") as status:
        yield lambda stage: status.update(f"{stage} …")
