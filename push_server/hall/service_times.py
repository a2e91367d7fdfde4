"""How long a service takes, learned from the services of the past and of today.

What a service needs is looked at as a logarithm: the kind's usual time, a part that belongs
to the matter, a part that belongs to the hour, and a rest whose distribution is kept as it
was seen. The parts of a matter and an hour are drawn towards nothing as long as little is
known of them (empirical Bayes), and today's pace is told from the usual one the same way.
"""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from .served import LONGEST, SHORTEST, Served

ENOUGH = 5
"""With fewer services of a kind (or a matter) nothing is said about it."""
MOST = 5000
"""Only so many services of a kind count, the latest ones."""
STEPS = 128
"""Quantiles that stand for a distribution."""
USUAL_SPREAD = 0.55
"""Standard deviation of the logarithm before any is known: a guess, worth ``SPREAD_WEIGHT``
services."""
SPREAD_WEIGHT = 10
DAY_SPREAD = 0.1
"""How much the pace of one day differs from another's (logarithm)."""
HOUR_WEIGHT, LEAST_HOUR = 40, 0.05
RELEARN = 300
"""With fewer services of the past, today's are learned from like those."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindTimes:
    """What is known of one kind. ``level`` is the mean logarithm of the seconds, ``matters``
    and ``hours`` what is added to it. ``rest`` are the factors of one service beside those,
    ``whole`` those of a service whose matter is not known; both ``STEPS`` quantiles, ascending.
    ``pace`` is today's part and ``doubt`` its standard deviation. ``gaps`` are the seconds
    between two services, ascending."""

    count: int
    level: float
    spread: float
    matters: dict[str, float]
    known: dict[str, int]
    hours: dict[int, float]
    rest: tuple[float, ...]
    whole: tuple[float, ...]
    gaps: tuple[float, ...]
    pace: float = 0.0
    doubt: float = 0.0

    def seconds(self, matter: str | None) -> float:
        """What ``factors`` are of, at a usual hour."""
        return math.exp(self.level + self.pace + self.matters.get(matter or "", 0.0))

    def factors(self, matter: str | None) -> tuple[float, ...]:
        return self.rest if matter in self.matters else self.whole

    def quantile(self, share: float, matter: str | None = None) -> float:
        """Seconds that ``share`` of the services do not exceed."""
        factors = self.factors(matter)
        return self.seconds(matter) * factors[min(len(factors) - 1, int(share * len(factors)))]

    def mean(self) -> float:
        """Seconds of a service whose matter is not known."""
        return self.seconds(None) * sum(self.whole) / len(self.whole)


@dataclass(frozen=True, slots=True)
class ServiceTimes:
    """What the past taught, per kind; ``few`` keeps the services of kinds with so few that
    those of today weigh as much."""

    kinds: dict[str, KindTimes] = field(default_factory=dict)
    few: dict[str, tuple[Served, ...]] = field(default_factory=dict)

    def of(self, kind: str) -> KindTimes | None:
        """``None`` while too little is known for any number."""
        found = self.kinds.get(kind)
        return found if found is not None and found.count >= ENOUGH else None

    def with_today(self, today: Iterable[Served]) -> ServiceTimes:
        """These, and what today's services tell."""
        kinds = dict(self.kinds)
        for kind, served in _by_kind(today).items():
            past = self.kinds.get(kind)
            if past is None or past.count < RELEARN:
                kinds[kind] = _learn([*self.few.get(kind, ()), *served])
            else:
                kinds[kind] = _paced(past, served)
        return ServiceTimes(kinds, self.few)


def learn(past: Iterable[Served]) -> ServiceTimes:
    """What services of earlier days teach. Takes about 5 µs per service: made once a day."""
    by_kind = {kind: served[-MOST:] for kind, served in _by_kind(past).items()}
    return ServiceTimes(
        {kind: _learn(served) for kind, served in by_kind.items()},
        {kind: tuple(served) for kind, served in by_kind.items() if len(served) < RELEARN},
    )


def _by_kind(served: Iterable[Served]) -> dict[str, list[Served]]:
    found: dict[str, list[Served]] = defaultdict(list)
    for one in served:
        if SHORTEST <= one.seconds <= LONGEST:
            found[one.kind].append(one)
    return found


def _learn(served: Sequence[Served]) -> KindTimes:
    kept = _without_strangers(served)
    logs = [math.log(one.seconds) for one in kept]
    level = statistics.fmean(logs)
    rests = [value - level for value in logs]
    spread = _spread(rests)
    matters, known = _matters(kept, rests)
    rests = [rest - matters.get(one.matter or "", 0.0) for one, rest in zip(kept, rests, strict=True)]
    hours = _hours(kept, rests)
    rests = [rest - hours.get(one.hour, 0.0) for one, rest in zip(kept, rests, strict=True)]
    gaps = sorted(one.gap for one in kept if one.gap is not None)
    return KindTimes(
        count=len(served),
        level=level,
        spread=spread,
        matters=matters,
        known=known,
        hours=hours,
        rest=_factors(rests),
        whole=_factors([rest + matters.get(one.matter or "", 0.0) for one, rest in zip(kept, rests, strict=True)]),
        gaps=tuple(_thinned(gaps)) if len(gaps) >= ENOUGH else (0.0,),
        doubt=math.hypot(spread / math.sqrt(len(kept)), DAY_SPREAD),
    )


def _without_strangers(served: Sequence[Served]) -> Sequence[Served]:
    """Without what is no service: a break nobody told of, a ticket that was called past."""
    if len(served) < 4 * ENOUGH:
        return served
    logs = sorted(math.log(one.seconds) for one in served)
    middle = statistics.median(logs)
    # From quartiles: what is strange has no hold on them.
    width = (logs[len(logs) * 3 // 4] - logs[len(logs) // 4]) / 1.349
    bound = 3.5 * max(width, 0.2)
    return [one for one in served if abs(math.log(one.seconds) - middle) <= bound]


def _spread(rests: Sequence[float]) -> float:
    squares = sum(value * value for value in rests) + SPREAD_WEIGHT * USUAL_SPREAD**2
    return math.sqrt(squares / (len(rests) + SPREAD_WEIGHT))


def _matters(served: Sequence[Served], rests: Sequence[float]) -> tuple[dict[str, float], dict[str, int]]:
    """What each matter adds, and how often it was seen. How far matters lie apart is learned
    too: where they hardly do, a matter needs many services to be believed."""
    groups: dict[str, list[float]] = defaultdict(list)
    for one, rest in zip(served, rests, strict=True):
        if one.matter is not None:
            groups[one.matter].append(rest)
    within = sum((value - statistics.fmean(group)) ** 2 for group in groups.values() for value in group)
    freedom = sum(len(group) - 1 for group in groups.values())
    noise = (within + SPREAD_WEIGHT * USUAL_SPREAD**2) / (freedom + SPREAD_WEIGHT)
    several = [group for group in groups.values() if len(group) >= 2]
    apart = noise / 8
    if len(several) >= 3:
        means = [statistics.fmean(group) for group in several]
        sampling = statistics.fmean(noise / len(group) for group in several)
        apart = max(statistics.pvariance(means) - sampling, noise / 100)
    effects = {name: sum(group) / (len(group) + noise / apart) for name, group in groups.items()}
    return effects, {name: len(group) for name, group in groups.items()}


def _hours(served: Sequence[Served], rests: Sequence[float]) -> dict[int, float]:
    """What an hour adds, as noon may; only where the data insist on it."""
    groups: dict[int, list[float]] = defaultdict(list)
    for one, rest in zip(served, rests, strict=True):
        groups[one.hour].append(rest)
    effects = {hour: sum(group) / (len(group) + HOUR_WEIGHT) for hour, group in groups.items()}
    return {hour: effect for hour, effect in effects.items() if abs(effect) > LEAST_HOUR}


def _factors(rests: Sequence[float]) -> tuple[float, ...]:
    """``STEPS`` quantiles of ``exp(rest)``: as seen once there are many, of a logarithmic normal
    distribution of the same spread before."""
    if len(rests) >= STEPS:
        return tuple(math.exp(value) for value in _thinned(sorted(rests)))
    normal = statistics.NormalDist(0.0, _spread(rests))
    return tuple(math.exp(normal.inv_cdf((step + 0.5) / STEPS)) for step in range(STEPS))


def _thinned(ordered: Sequence[float]) -> list[float]:
    """At most ``STEPS`` of the values, evenly."""
    if len(ordered) <= STEPS:
        return list(ordered)
    return [ordered[int((step + 0.5) / STEPS * len(ordered))] for step in range(STEPS)]


def _paced(past: KindTimes, today: Sequence[Served]) -> KindTimes:
    """With the pace of today: how far its services lie from what was to be expected."""
    rests = []
    for one in today:
        expected = past.level + past.matters.get(one.matter or "", 0.0) + past.hours.get(one.hour, 0.0)
        bound = 3 * past.spread
        rests.append(max(-bound, min(bound, math.log(one.seconds) - expected)))
    weight = (past.spread / DAY_SPREAD) ** 2
    return replace(
        past,
        count=past.count + len(today),
        pace=sum(rests) / (len(rests) + weight),
        doubt=math.hypot(past.spread / math.sqrt(len(rests) + weight), past.spread / math.sqrt(past.count)),
    )
