"""Models that read long pages, for :class:`fault_server.FaultServer`: one honest, others lying."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fault_server import Answer, Request, refuse, say_json
from liars import in_chinese, sources_in

LIES: Mapping[str, Sequence[str]] = {
    "numbers": ("参与测试的用户达到48271人", "使用量因此增长了37.93%", "公司的估值升至8.37亿美元"),
    "names": (
        "合作方是Zorblax Dynamics公司",
        "首席执行官张伟明表示欢迎",
        "蓝鲸智造公司宣布将参与其中",
    ),
    "quotations": ("负责人表示：“这是我们这一代人最重要的转折”", "负责人直言：“太疯狂了”"),
}
"""What each of them slips in."""

SIGNS: Mapping[str, Sequence[str]] = {
    "numbers": ("48271", "37.93", "8.37亿"),
    "names": ("Zorblax", "张伟明", "蓝鲸智造"),
    "quotations": ("“这是我们这一代人最重要的转折”", "“太疯狂了”"),
}
"""By what each lie is known."""

_STOP = "。！？.!?"


def is_part(request: Request) -> bool:
    """Whether a model is asked for one section."""
    return '"paragraphs"' in request.text and '"heading"' in request.text


def told(request: Request, lies: Sequence[str] = ()) -> dict[str, Any]:
    """A reply in the page's own sentences, each followed by one of *lies*."""
    chinese = in_chinese(request)
    ended = [each for each in sources_in(request)[1:] if each[-1] in _STOP and len(each) < 200]
    said = ended or ["这一部分没有完整的句子。" if chinese else "There is no whole sentence here."]
    seed = zlib.crc32(request.text.encode())

    def spoilt(sentence: str, place: int) -> str:
        if not lies:
            return sentence
        lie = lies[(seed + place) % len(lies)]
        stop = "。" if chinese else "."
        return f"{sentence.rstrip(_STOP)}{'，' if place % 2 else stop}{lie}{stop}"

    if is_part(request):
        return {
            "heading": lies[seed % len(lies)] if lies else sources_in(request)[1].rstrip(_STOP),
            "paragraphs": [spoilt(each, place) for place, each in enumerate(said[:3])],
            "names": [],
            "quotes": [],
        }
    return {
        "title": lies[seed % len(lies)] if lies else sources_in(request)[0],
        "hook": spoilt(said[0], 0),
        "close": spoilt(said[-1], 1),
        "names": [],
        "quotes": [],
    }


def reader(request: Request) -> Answer:
    """Tell the page in its own sentences."""
    return say_json(told(request))


def lying(kind: str) -> Callable[[Request], Answer]:
    """A model that adds a lie of that kind to each text, at the first try and at the second."""
    return lambda request: say_json(told(request, LIES[kind]))


def changing(request: Request) -> Answer:
    """Tell the page with every number changed."""
    reply = told(request)

    def changed(text: str) -> str:
        return re.sub(r"\d+", lambda match: str(int(match[0]) * 7 + 3), text)

    texts = {name: changed(text) for name, text in reply.items() if isinstance(text, str)}
    paragraphs = {"paragraphs": [changed(each) for each in reply.get("paragraphs", [])]}
    return say_json(reply | texts | (paragraphs if is_part(request) else {}))


def refusing_parts(request: Request) -> Answer:
    """Refuse every section but those of the first sentences, and tell the whole."""
    return refuse() if is_part(request) else reader(request)
