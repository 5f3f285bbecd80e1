"""How one model is reached and asked: what the wiring has made of config and environment."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """What a million tokens cost, in the currency of the bill."""

    input: float
    output: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSettings:
    """An OpenAI-compatible endpoint, the model to ask there, and how patiently.

    The key shows in no ``repr``. A temperature or a token limit that the
    endpoint turns down is dropped by the chat model, so both are wishes.
    """

    name: str
    base_url: str
    api_key: str = field(default="", repr=False)
    key_variable: str = ""
    """The environment variable that the key came from, for advice."""
    timeout: float = 60.0
    """Seconds that one request may take, from the first byte sent to the last received."""
    attempts: int = 3
    """Requests for one call, retries included."""
    patience: float = 30.0
    """Seconds after its start in which a call may still be retried; caps ``Retry-After``."""
    temperature: float | None = 0.3
    """Low: news is retold, not invented."""
    max_tokens: int | None = None
    """None: the endpoint's own limit. Models that think spend it on thoughts as well."""
    prices: Prices | None = None
