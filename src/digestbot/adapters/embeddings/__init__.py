"""Embeddings: what texts mean as rows of numbers, from an endpoint or a model on this machine."""

from __future__ import annotations

from digestbot.adapters.embeddings.local import LocalEmbedder
from digestbot.adapters.embeddings.remote import RemoteEmbedder

__all__ = ["LocalEmbedder", "RemoteEmbedder"]
