"""Learned: what a human editor's picks of 40 days say of signals and of publishers.

Written by ``benchmarks/picks.py --write``; not to be edited by hand. The
editor's field is AI: on days of another field (:mod:`digestbot.stages.field`) the
publishers here and the signals that hold for that field only are silent.
"""
SIGNALS: dict[str, float] = {}
PUBLISHERS: dict[str, tuple[float, int, int]] = {}
