"""An OpenAI-compatible endpoint on loopback that misbehaves as it is told.

with FaultServer(status(429, headers={"Retry-After": "1"}), say("ok")) as server:
    ...  # the client speaks to server.base_url; server.requests is the journal

A script is a list of answers, one a request; the last is given for ever. A
callable in it decides by the request, also for ever. ``honest`` is such a
callable: a model that does as digestbot's prompts ask.
"""

from __future__ import annotations

import json
import re
import socket
import struct
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Request:
    """One request as it came in; the names of its headers in lower case."""

    path: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]

    @property
    def text(self) -> str:
        """All messages, one after the other."""
        return "\n".join(str(message["content"]) for message in self.body["messages"])

    @property
    def format(self) -> str:
        """The type of the ``response_format`` asked for, if any."""
        return str(self.body.get("response_format", {}).get("type", ""))


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What goes back: a status, headers and a body; how late, and how it breaks."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    drop: bool = False
    """Reset the connection instead of answering."""
    cut: int | None = None
    """Close the connection after so many bytes of the body."""
    trickle: float = 0.0
    """Seconds between single bytes of the body."""


Script = Answer | Callable[[Request], Answer]


def say(text: str | None, *, finish: str = "stop", usage: bool = True, **given: Any) -> Answer:
    """An ordinary answer: *text* is the content, verbatim."""
    return _completion({"role": "assistant", "content": text}, finish, usage=usage, **given)


def say_json(value: Mapping[str, Any], **given: Any) -> Answer:
    """An ordinary answer whose content is JSON."""
    return say(json.dumps(value, ensure_ascii=False), **given)


def refuse(words: str = "I can't help with that.") -> Answer:
    """An answer that uses the ``refusal`` field."""
    return _completion({"role": "assistant", "content": None, "refusal": words}, "stop")


def status(code: int, message: str = "no", *, error: str = "", **given: Any) -> Answer:
    """An error as OpenAI writes it; *error* is its code."""
    facts = {"message": message, "type": error or None, "code": error or None, "param": None}
    return raw(json.dumps({"error": facts}).encode(), status=code, **given)


def raw(body: bytes, *, type: str = "application/json", **given: Any) -> Answer:
    """Any bytes at all."""
    headers = {"Content-Type": type, **given.pop("headers", {})}
    return Answer(body=body, headers=headers, **given)


def web_page(code: int = 502) -> Answer:
    """What a gateway says."""
    return raw(b"<html><body><h1>Bad Gateway</h1></body></html>", type="text/html", status=code)


def without_formats(answer: Script, *accepted: str) -> Callable[[Request], Answer]:
    """An endpoint that turns every ``response_format`` down but those *accepted*."""

    def respond(request: Request) -> Answer:
        if request.format and request.format not in accepted:
            return status(400, f"response_format {request.format} is not supported")
        return answer(request) if callable(answer) else answer

    return respond


def honest(request: Request) -> Answer:
    """Do as digestbot's prompts ask, in Chinese, with a text for each story."""
    asked = request.text
    if '"order"' in asked:
        numbers = [int(number) for number in re.findall(r"(?m)^(\d+)\. ", asked)]
        return say_json({"order": numbers, "off_topic": []})
    if '"same"' in asked:
        return say_json({"same": []})
    if '"categories"' in asked:
        return say_json({"lead": LEAD, "paragraphs": [PARAGRAPH] * 3, "categories": ["行业动态"]})
    title = re.search(r"(?m)^\[1\] (.*)$", asked)
    subject = _words(title[1] if title else "")
    return say_json({"headline": f"{subject}：开放模型今日上线", "text": SUMMARY, "evidence": [1]})


def _words(title: str) -> str:
    """The first words of *title* together, whole and without figures: half a word is a new name."""
    words = re.search(
        r"[\u4e00-\u9fff]{2,12}|(?<![\w-])[A-Za-z]{2,}(?: [A-Za-z]{2,}){0,2}(?![\w-])", title
    )
    return words[0] if words else ""


SUMMARY = (
    "该公司宣布开放模型今日上线，并公布了参数规模与使用条件。模型采用宽松许可证，开发者可以在单张显卡上运行它。"
    "公司同时给出了测试结果，并表示后续将继续更新。**单卡可用**意味着部署门槛下降，"
    "中小团队也能在本地试用和微调这一模型，无需租用云端算力。"
)
LEAD = (
    "今日的消息集中在开放模型与部署门槛两条线上。多家公司公布了新的模型与工具，并给出了参数规模和使用条件。"
    "与此同时，硬件与资本两端也有动作，行业的注意力从规模转向可用。"
    "从模型到芯片，各家都在把能力放到更多人手里，这也成为当天最清楚的一条走向。"
    "接下来值得留意的，是这些承诺在实际使用中能兑现多少。"
)
PARAGRAPH = (
    "把今天的几条消息放在一起看，方向是一致的：我更在意的不是谁又刷新了纪录，而是谁让普通团队用得起。"
    "**能用起来的模型，才算真正发布。**这句话听起来简单，做到的公司并不多。"
)


class FaultServer:
    """The endpoint. Use it in a ``with`` block; each request is answered in its own thread."""

    def __init__(self, *script: Script, latency: float = 0.0) -> None:
        self.requests: list[Request] = []
        self.max_in_flight = 0
        self._script = list(script) or [honest]
        self._latency = latency
        self._in_flight = 0
        self._turn = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.faults = self

    @property
    def base_url(self) -> str:
        """What goes into ``model.base_url``."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> FaultServer:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def begin(self, request: Request) -> Answer:
        """Note *request* and return the answer whose turn it is."""
        with self._turn:
            self.requests.append(request)
            self._in_flight += 1
            self.max_in_flight = max(self.max_in_flight, self._in_flight)
            last = len(self._script) == 1 or callable(self._script[0])
            answer = self._script[0] if last else self._script.pop(0)
        answer = answer(request) if callable(answer) else answer
        time.sleep(self._latency + answer.delay)
        return answer

    def end(self) -> None:
        """Note that a request was dealt with."""
        with self._turn:
            self._in_flight -= 1


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    faults: FaultServer

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up are part of the game."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def log_message(self, format: str, *args: Any) -> None:
        """The journal is enough."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(path=self.path, headers=headers, body=json.loads(body))
        try:
            answer = self.server.faults.begin(request)
        finally:
            self.server.faults.end()
        self._reset() if answer.drop else self._send(answer)

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Length", str(len(answer.body)))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if answer.trickle:
            for byte in answer.body:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(answer.trickle)
        else:
            self.wfile.write(answer.body[: answer.cut])
        self.close_connection = answer.cut is not None

    def _reset(self) -> None:
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.close_connection = True


def _completion(
    message: Mapping[str, Any], finish: str, *, usage: bool = True, **given: Any
) -> Answer:
    body: dict[str, Any] = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "fault",
        "choices": [{"index": 0, "message": message, "finish_reason": finish}],
    }
    if usage:
        body["usage"] = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
    return raw(json.dumps(body, ensure_ascii=False).encode(), **given)
