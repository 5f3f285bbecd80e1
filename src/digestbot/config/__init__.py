"""``digest.toml`` as frozen, validated settings: flags over the environment over the file."""

from digestbot.config.overrides import override
from digestbot.config.read import DEFAULT_FILE, default, load
from digestbot.config.settings import (
    EditionSettings,
    FetchSettings,
    MemorySettings,
    ModelSettings,
    OutputSettings,
    Settings,
    StorySettings,
)

__all__ = [
    "DEFAULT_FILE",
    "EditionSettings",
    "FetchSettings",
    "MemorySettings",
    "ModelSettings",
    "OutputSettings",
    "Settings",
    "StorySettings",
    "default",
    "load",
    "override",
]
