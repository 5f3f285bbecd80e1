"""Which language a text is in."""

from __future__ import annotations

import pytest

from digestbot.text.languages import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("软银承诺斥资750亿欧元在法国建设人工智能设施", "zh"),
        ("OpenAI 发布 GPT-5.5", "zh"),
        ("Anthropic Claude Code Opus 4.6 上线", "zh"),
        ("最美の风景在路上等你来看", "zh"),
        ("WeChat (微信) is adding a new feature for its users this week", "en"),
        ("SoftBank to build data centres in France", "en"),
        ("¿Las mujeres tienen más acceso?", "en"),
        ("ソフトバンクがフランスにデータセンターを建設", "ja"),
        ("신제품 발표 OpenAI", "ko"),
        ("Путин прибыл в Пекин", "ru"),
        ("Η Ελλάδα σήμερα", "und"),
        ("2026-06-01 12:00", ""),
        ("", ""),
    ],
)
def test_the_script_tells_the_language(text: str, language: str) -> None:
    assert language_of(text) == language
