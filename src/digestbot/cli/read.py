"""``digestbot read``: one long page made into an article in sections."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from digestbot.cli.options import LANGUAGE, WARNINGS, emit
from digestbot.text.redaction import redacted

if TYPE_CHECKING:
    from digestbot.reading import Reading


@click.command()
@click.argument("page", metavar="URL|FILE")
@click.option("--transcript", is_flag=True, help="Print the page's own text after the article.")
@click.option("--language", type=LANGUAGE, help="The article's language. Default: the page's.")
@click.option("--model", default="", metavar="NAME|none", help="The model; none: go without.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False),
    help="Write the article there instead of to stdout.",
)
@click.option(
    "--allow-private",
    multiple=True,
    metavar="HOST",
    help="Visit this host though its address is private or loopback; repeatable.",
)
@click.pass_context
def read(
    ctx: click.Context,
    /,
    page: str,
    *,
    transcript: bool,
    language: str | None,
    model: str,
    out: str | None,
    allow_private: tuple[str, ...],
) -> None:
    """Read a long page for its readers: a title, a hook, sections, a close.

    The page is HTML, Markdown or text, at an address or in a file. What is not its article
    is left out, and every section holds only what its part of the page says.

    Exit codes: 0 the article was made; 1 the page cannot be read, nothing was written;
    2 usage or config; 4 the article is in the page's own words, because the model failed.
    """
    from digestbot.reading import read as read_page

    made = read_page(
        page,
        transcript=transcript,
        language=language or "",
        model=model or None,
        allow_private=allow_private,
    )
    _tell(made)
    if out is None:
        emit(made.text)
    else:
        made.save(out)
        emit(f"{out}\n")
    if made.failed:
        ctx.exit(WARNINGS)


def _tell(made: Reading) -> None:
    for remark in made.remarks:
        click.echo(redacted(f"{remark.stage}: {remark.subject}: {remark.reason}"), err=True)
