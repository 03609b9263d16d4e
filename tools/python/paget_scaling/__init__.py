"""Scaling series: the same case on many numbers of ranks, or a case that grows with them (docs/scaling.md)."""
