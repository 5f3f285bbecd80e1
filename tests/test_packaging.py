"""The built wheel, run from an environment where ``src/`` and the prompts' folder are gone."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.skipif(not find_spec("hatchling"), reason="needs hatchling (group dev)")


def called(*command: object, cwd: Path, check: bool = True) -> subprocess.CompletedProcess[str]:
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True)
    assert done.returncode == 0 or not check, done.stderr
    return done


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sdist, unpacked."""
    folder = tmp_path_factory.mktemp("sdist")
    called(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", folder, cwd=ROOT)
    archive = next(folder.glob("*.tar.gz"))
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    return next(path for path in folder.iterdir() if path.is_dir())


@pytest.fixture(scope="module")
def wheel(sdist: Path) -> Path:
    """The wheel, built from the sdist as an index would."""
    folder = sdist.parent / "wheel"
    called(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=sdist)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts of an environment that has the wheel, and this one's libraries."""
    folder = tmp_path_factory.mktemp("venv")
    called(sys.executable, "-m", "venv", "--without-pip", folder, cwd=folder)
    python = folder / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python]
    called(*pip, "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=folder)
    # A .pth adds a folder, not what that folder's own .pth files add: src/ stays out.
    purelib = called(python, "-c", "import site; print(site.getsitepackages()[0])", cwd=folder)
    libraries = Path(purelib.stdout.strip()) / "libraries.pth"
    libraries.write_text(sysconfig.get_path("purelib") + "\n")
    return python.parent


def test_the_sdist_has_all_that_a_wheel_is_built_of(sdist: Path) -> None:
    for name in ("prompts/summarize/zh/system.md", "Makefile", "examples/daily.toml"):
        assert (sdist / name).is_file(), name


def test_the_wheel_has_prompts_formats_and_starter_files(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())

    prompts = {
        f"digestbot/{path.relative_to(ROOT).as_posix()}" for path in ROOT.glob("prompts/*/*/*.md")
    }
    assert prompts
    assert prompts <= names
    assert {
        "digestbot/py.typed",
        "digestbot/formats/daily/format.toml",
        "digestbot/formats/daily/post.md.j2",
        "digestbot/formats/magazine/format.toml",
        "digestbot/formats/sites.toml",
        "digestbot/starter/format/format.toml.j2",
        "digestbot/starter/digest.toml",
        "digestbot/starter/feeds.opml",
    } <= names
    assert not [name for name in names if name.startswith(("tests", "src", "examples"))]


def test_the_installed_package_makes_a_post_outside_of_the_checkout(
    installed: Path, sdist: Path, tmp_path: Path
) -> None:
    where = called(installed / "python", "-c", "import digestbot; print(digestbot)", cwd=tmp_path)
    assert str(ROOT) not in where.stdout

    feeds = sdist / "examples" / "feeds"
    done = called(
        installed / "digestbot",
        *("run", "--feeds", feeds, "--now", "2026-06-01T12:00", "--model", "none"),
        cwd=tmp_path,
    )

    assert Path(done.stdout.strip()) == tmp_path / "posts" / "20260601.md"
    assert (tmp_path / "posts" / "20260601.md").read_text().startswith("---\n")


def test_the_installed_package_finds_its_prompts(installed: Path, tmp_path: Path) -> None:
    called(
        installed / "python",
        "-c",
        "from digestbot.library import load_prompt; load_prompt('summarize', 'zh')",
        cwd=tmp_path,
    )


def test_the_installed_package_writes_the_starter_files(installed: Path, tmp_path: Path) -> None:
    called(installed / "digestbot", "init", "news", cwd=tmp_path)

    assert sorted(path.name for path in (tmp_path / "news").iterdir()) == [
        "digest.toml",
        "feeds.opml",
    ]
