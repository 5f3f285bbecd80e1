"""``digestbot read``: an article on stdout or in a file, and exit codes that tell how it went."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from digestbot.cli import main
from fault_server import FaultServer, status
from readers import reader

PAGE = "\n\n".join(
    [
        "# Oslo opens a second plant",
        "The firm opened its second plant in Oslo on Monday, and hired 340 people for it.",
        "## What the plant makes",
        "The plant makes inference chips for data centres, which draw 25 watts each.",
        "Its lines run day and night, and make 9,000 wafers a month.",
        "## Who pays for it",
        "The city lent the firm 40 million euros, which it has to pay back in ten years.",
        "Critics in the city council called the loan a mistake, and voted against it in May.",
    ]
)


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "page.md"
    path.write_text(PAGE, encoding="utf-8")
    return path


def run(*arguments: str | Path, server: FaultServer | None = None) -> Result:
    env = {"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": server.base_url} if server else {}
    given = [] if server else ["--model", "none"]
    return CliRunner().invoke(main, ["read", *map(str, arguments), *given], env=env)


def test_the_article_is_printed(page: Path) -> None:
    result = run(page)

    assert result.exit_code == 0
    assert result.stdout.startswith('---\ntitle: "Oslo opens a second plant"\n')
    assert result.stderr == ""


def test_with_the_transcript_the_page_follows(page: Path) -> None:
    assert "\n## Full transcript\n\n" in run(page, "--transcript").stdout


def test_the_article_is_written_where_out_says(page: Path) -> None:
    result = run(page, "--out", "posts/oslo.md")

    assert (result.exit_code, result.stdout) == (0, "posts/oslo.md\n")
    assert Path("posts/oslo.md").read_text(encoding="utf-8").startswith("---\ntitle:")


def test_a_page_of_the_other_language_is_told_on_stderr(page: Path) -> None:
    result = run(page, "--language", "zh")

    assert result.exit_code == 0
    assert "no model was used" in result.stderr


def test_a_model_tells_it_and_another_may_be_named(page: Path) -> None:
    with FaultServer(reader) as server:
        result = run(page, "--model", "some-model", server=server)

    assert result.exit_code == 0
    assert {request.body["model"] for request in server.requests} == {"some-model"}


def test_a_model_that_fails_is_told_by_the_exit_code(page: Path) -> None:
    with FaultServer(status(401)) as server:
        result = run(page, "--model", "m", server=server)

    assert result.exit_code == 4
    assert result.stdout.startswith("---\ntitle:")
    assert "2 of 2 parts are told in the page's own sentences" in result.stderr


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "no article"), ("404 Not Found", "an error page"), ("A. B. C." * 20, "too little text")],
    ids=["empty", "error", "scant"],
)
def test_a_page_that_is_no_article_leaves_nothing(text: str, reason: str, page: Path) -> None:
    page.write_text(text)

    result = run(page, "--out", "post.md")

    assert (result.exit_code, result.stdout) == (1, "")
    assert reason in result.stderr
    assert not Path("post.md").exists()


def test_a_file_that_is_not_there_is_wrong_usage(page: Path) -> None:
    result = run("none.html")

    assert result.exit_code == 2
    assert "there is no file none.html" in result.stderr


def test_a_folder_in_its_place_is_told(page: Path) -> None:
    Path("post.md").mkdir()

    result = run(page, "--out", "post.md")

    assert result.exit_code != 0
    assert result.stdout == ""


def test_lint_holds_an_article_to_its_format(page: Path) -> None:
    run(page, "--out", "post.md")

    result = CliRunner().invoke(main, ["lint", "--format", "feature", "post.md"])

    assert result.exit_code == 0
    assert "E3" not in result.stdout


def test_the_format_of_articles_is_no_format_of_editions(page: Path) -> None:
    result = CliRunner().invoke(main, ["parse", "--format", "feature", str(page)])

    assert result.exit_code == 1
    assert "`digestbot read` makes it" in result.stderr


def test_the_list_of_formats_names_it(page: Path) -> None:
    assert "feature" in CliRunner().invoke(main, ["formats"]).stdout
