"""Feeds: the sources they come from, the wire, and the bytes they are made of."""
