"""The outside world: HTTP, feed parsers, language models, storage."""
