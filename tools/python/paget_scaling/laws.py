"""Laws fitted to a series: time against ranks, and amounts against the size of what they should follow.

Time: T(p) = sum of terms with coefficients that are not negative. Which of the terms are there is chosen by Akaike's
criterion (Akaike 1974, IEEE Trans Autom Control 19:716) among all subsets with fewer terms than there are rank counts.
Errors are relative, of the size of the repeats' scatter or of the misfit, whichever is larger; uncertainty is that of a
parametric bootstrap which repeats the choice too (Efron and Tibshirani 1993).

Amounts: a power law, by least squares of the logarithms, with the standard error of the exponent.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, field
from typing import Callable, Optional, Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_RESAMPLES = 400
_LEAST_ERROR = 0.01  # nobody measures wall time better
_LARGEST_ERROR = 0.2  # of a law that says something
_SEED = 20260711


def _tree(p: Array) -> Array:
    return np.asarray(np.log2(p), float)


#: Terms of a strong series: total work is constant.
STRONG: dict[str, Callable[[Array], Array]] = {
    "serial": np.ones_like,
    "work/p": lambda p: 1.0 / p,
    "surface p^(-2/3)": lambda p: np.where(p > 1, p ** (-2.0 / 3.0), 0.0),
    "log2 p": _tree,
    "p": lambda p: p - 1.0,
}
#: Terms of a weak series: work per rank is constant; p counts from the first member.
WEAK: dict[str, Callable[[Array], Array]] = {
    "constant": np.ones_like,
    "surface 1-p^(-1/3)": lambda p: 1.0 - p ** (-1.0 / 3.0),
    "log2 p": _tree,
    "p": lambda p: p - 1.0,
}


@dataclass
class TimeLaw:
    """T(p) with its uncertainty."""

    kind: str
    coefficients: dict[str, float]  #: seconds; terms that were not chosen are 0
    errors: dict[str, tuple[float, float]]  #: 5 % and 95 % of the bootstrap
    relative_error: float  #: of one measurement
    base: float  #: ranks of the first member
    _samples: Array = field(default_factory=lambda: np.zeros((0, 0)), repr=False)

    def at(self, ranks: Sequence[float] | Array) -> Array:
        terms = _design(self.kind, np.asarray(ranks, float) / self._unit)
        return np.asarray(terms @ np.array(list(self.coefficients.values())))

    def band(self, ranks: Sequence[float] | Array) -> tuple[Array, Array]:
        """5 % and 95 % at these ranks."""
        times = _design(self.kind, np.asarray(ranks, float) / self._unit) @ self._samples.T
        return np.percentile(times, 5, axis=1), np.percentile(times, 95, axis=1)

    @property
    def describes(self) -> bool:
        """Whether it is near enough to the measured times to be drawn and to be followed beyond them."""
        return self.relative_error <= _LARGEST_ERROR

    @property
    def _unit(self) -> float:
        return self.base if self.kind == "weak" else 1.0


def _terms(kind: str) -> dict[str, Callable[[Array], Array]]:
    return STRONG if kind == "strong" else WEAK


def _design(kind: str, p: Array) -> Array:
    return np.stack([term(p) for term in _terms(kind).values()], axis=1)


def _best(design: Array, times: Array, scale: Array, error: float, most: int) -> Array:
    """Coefficients of the best subset of columns whose least-squares solution has no negative one. `scale`: what errors
    are relative to."""
    best: tuple[float, Array] = (math.inf, np.zeros(design.shape[1]))
    weighted, wanted = design / scale[:, None], times / scale
    for size in range(1, most + 1):
        for columns in itertools.combinations(range(design.shape[1]), size):
            part = weighted[:, columns]
            solution, _, rank, _ = np.linalg.lstsq(part, wanted, rcond=None)
            if rank < size or (solution < 0).any():
                continue
            criterion = float(((part @ solution - wanted) ** 2).sum()) / error**2 + 2 * size
            if criterion < best[0]:
                coefficients = np.zeros(design.shape[1])
                coefficients[list(columns)] = solution
                best = (criterion, coefficients)
    return best[1]


def _scatter(ranks: Array, times: Array) -> float:
    """Relative standard deviation of repeats, pooled."""
    squares, freedom = 0.0, 0
    for p in np.unique(ranks):
        same = times[ranks == p]
        squares += float(((same / same.mean() - 1.0) ** 2).sum())
        freedom += len(same) - 1
    return math.sqrt(squares / freedom) if freedom > 0 else 0.0


def fit_time(kind: str, ranks: Sequence[float], seconds: Sequence[float]) -> Optional[TimeLaw]:
    """None for fewer than two rank counts."""
    p, t = np.asarray(ranks, float), np.asarray(seconds, float)
    counts = len(np.unique(p))
    if counts < 2:
        return None
    base = float(p.min())
    design = _design(kind, p / base if kind == "weak" else p)
    most = min(design.shape[1], counts - 1)
    error = max(_LEAST_ERROR, _scatter(p, t))
    middle = np.array([np.median(t[p == ranks_here]) for ranks_here in p])
    coefficients = _best(design, t, middle, error, most)
    fitted = design @ coefficients
    freedom = max(1, len(t) - int((coefficients > 0).sum()))
    error = max(error, math.sqrt(float((((t - fitted) / middle) ** 2).sum()) / freedom))
    random = np.random.default_rng(_SEED)
    samples = np.array(
        [
            _best(design, fitted * (1.0 + random.normal(0.0, error, len(t))), fitted, error, most)
            for _ in range(_RESAMPLES)
        ]
    )
    names = list(_terms(kind))
    low, high = np.percentile(samples, [5, 95], axis=0)
    return TimeLaw(
        kind,
        dict(zip(names, coefficients.tolist())),
        {name: (float(low[i]), float(high[i])) for i, name in enumerate(names)},
        error,
        base,
        samples,
    )


@dataclass(frozen=True)
class PowerLaw:
    """y = factor * x^exponent."""

    of: str
    against: str
    factor: float
    exponent: float
    error: float  #: standard error of the exponent; nan with two points
    points: int

    def at(self, x: Array) -> Array:
        return self.factor * x**self.exponent


def fit_power(of: str, against: str, x: Sequence[float], y: Sequence[float]) -> Optional[PowerLaw]:
    """Of the means at each x. None where there is nothing to fit: fewer than two different x, or amounts of zero."""
    given_x, given_y = np.asarray(x, float), np.asarray(y, float)
    a = np.unique(given_x)
    b = np.array([given_y[given_x == value].mean() for value in a])
    good = (a > 0) & (b > 0)
    a, b = np.log(a[good]), np.log(b[good])
    spread = float(((a - a.mean()) ** 2).sum()) if len(a) else 0.0
    if spread < 1e-12:
        return None
    exponent = float(((a - a.mean()) * (b - b.mean())).sum()) / spread
    constant = float(b.mean() - exponent * a.mean())
    rest = float(((b - constant - exponent * a) ** 2).sum())
    error = math.sqrt(rest / (len(a) - 2) / spread) if len(a) > 2 else math.nan
    return PowerLaw(of, against, math.exp(constant), exponent, error, len(a))
