"""The way to a host: straight, or through the proxy that the operator set up."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.request import proxy_bypass_environment  # type: ignore[attr-defined]

from yarl import URL

from digestbot.errors import FetchError


class Proxies:
    """``HTTP_PROXY``, ``HTTPS_PROXY``, ``ALL_PROXY`` and ``NO_PROXY`` as other tools read them."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._by_scheme = {
            scheme: _proxy(env, scheme) or _proxy(env, "all") for scheme in ("http", "https")
        }
        self._without = {"no": _variable(env, "no_proxy")}

    def proxy_for(self, target: URL) -> URL | None:
        """Return the proxy through which *target* is reached, or None.

        Raises ``FetchError`` where it is of a kind that cannot be used: to go
        without it is not what the operator wants.
        """
        proxy = self._by_scheme.get(target.scheme)
        if proxy is None or proxy_bypass_environment(target.authority, self._without):
            return None
        if proxy.scheme not in {"http", "https"} or not proxy.host:
            kind = proxy.scheme or "unknown"
            raise FetchError(str(target), f"a {kind} proxy is set: only http proxies can be used")
        return proxy


def _proxy(env: Mapping[str, str], scheme: str) -> URL | None:
    # A CGI server puts a client's "Proxy:" header into HTTP_PROXY: there it is not ours.
    if scheme == "http" and "REQUEST_METHOD" in env:
        return None
    text = _variable(env, f"{scheme}_proxy")
    return URL(text if "://" in text else f"http://{text}") if text else None


def _variable(env: Mapping[str, str], name: str) -> str:
    return (env.get(name) or env.get(name.upper()) or "").strip()
