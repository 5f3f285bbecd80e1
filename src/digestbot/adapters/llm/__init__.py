"""The language model: presets, settings, and models over OpenAI-compatible or LangChain chats.

Nothing here imports openai before a model is warmed up or asked, and langchain
only comes with a model of its own: together they cost a second.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from digestbot.adapters.llm.answer import Chat
from digestbot.adapters.llm.langchain import LangChainChat
from digestbot.adapters.llm.presets import PRESETS, Preset, preset
from digestbot.adapters.llm.remote import Manners, RemoteModel
from digestbot.adapters.llm.settings import ModelSettings, Prices
from digestbot.ports import Store

if TYPE_CHECKING:
    from langchain_core.language_models.chat_models import BaseChatModel

__all__ = [
    "PRESETS",
    "ModelSettings",
    "Preset",
    "Prices",
    "RemoteModel",
    "open_langchain",
    "open_model",
    "preset",
]


def open_model(
    settings: ModelSettings, *, store: Store, sleep: Callable[[float], None] = time.sleep
) -> RemoteModel:
    """Return the model of *settings*; call its ``warm_up`` in a thread to load it early."""

    def make() -> Chat:
        from digestbot.adapters.llm.chat import openai_chat

        return openai_chat(settings)

    parameters = [settings.name, settings.base_url, settings.temperature, settings.max_tokens]
    return RemoteModel(
        make,
        name=settings.name,
        identity=json.dumps(parameters),
        store=store,
        manners=Manners(
            attempts=settings.attempts,
            patience=settings.patience,
            prices=settings.prices,
            key_variable=settings.key_variable,
            secret=settings.api_key,
            sleep=sleep,
        ),
    )


def open_langchain(
    chat_model: BaseChatModel,
    *,
    store: Store,
    prices: Prices | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> RemoteModel:
    """Return *chat_model* as our model. Its own retries multiply with ours: switch them off."""
    kind = f"{type(chat_model).__module__}.{type(chat_model).__qualname__}"
    facts = chat_model._get_ls_params()  # what it tells tracers: provider, name, temperature
    name = facts.get("ls_model_name") or type(chat_model).__name__
    return RemoteModel(
        lambda: LangChainChat(chat_model),
        name=name,
        identity=json.dumps([kind, facts], sort_keys=True, default=str),
        store=store,
        manners=Manners(prices=prices, sleep=sleep),
    )
