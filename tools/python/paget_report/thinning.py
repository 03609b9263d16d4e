"""Fewer of many: what a page cannot show one by one."""

from __future__ import annotations


def thinned(count: int, most: int) -> list[int]:
    """Positions spread evenly over all, at most so many, the first and the last among them."""
    if count <= most:
        return list(range(count))
    return sorted({round(i * (count - 1) / (most - 1)) for i in range(most)})
