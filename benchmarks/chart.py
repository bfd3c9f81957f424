"""The time of a build against the number of services, both logarithmic, as SVG that loads nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from math import ceil, floor, log10

from benchmarks.rounds import COLD, SAME, Measured
from benchmarks.tools import YARDSTICK

_WIDTH, _HEIGHT = 760, 440
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 210, 50, 50
_LABEL_HEIGHT = 17

LINES: Mapping[tuple[str, str], tuple[str, str]] = {
    ("plain", COLD): ("a plain script", "plain"),
    ("eleventy", COLD): ("Eleventy", "eleventy"),
    (YARDSTICK, COLD): ("Hugo", "hugo"),
    ("bench", COLD): ("policygen", "policygen"),
    ("bench", SAME): ("policygen, nothing changed", "policygen again"),
}
"""What is drawn: a tool and a kind of build, what it is called, and how its line looks."""

_Drawn = Mapping[tuple[str, str], Sequence[tuple[int, float]]]
"""The points of each line, by what it is called and how it looks."""

_STYLE = """
text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #1f2328 }
.title { font-size: 15px; font-weight: 600 } .axis { fill: #59636e }
.card { fill: #ffffff; stroke: #d1d9e0 } .grid { stroke: #d1d9e0; stroke-width: 1 }
.line { fill: none; stroke-width: 2.5; stroke-linejoin: round } .dot { stroke: none }
.plain { --of: #9a6700 } .eleventy { --of: #1a7f37 } .hugo { --of: #8250df } .policygen { --of: #0969da }
.line { stroke: var(--of) } .dot, .name { fill: var(--of) } .line.again { stroke-dasharray: 6 4 }
@media (prefers-color-scheme: dark) {
text { fill: #f0f6fc } .axis { fill: #9198a1 }
.card { fill: #0d1117; stroke: #3d444d } .grid { stroke: #3d444d }
.plain { --of: #d29922 } .eleventy { --of: #3fb950 } .hugo { --of: #ab7df8 } .policygen { --of: #4493f8 }
.name { fill: var(--of) } }
"""


def chart(found: Sequence[Measured]) -> str:
    """The picture."""
    drawn = {
        names: [(one.services, seconds) for one in found if (seconds := one.seconds(*key)) is not None]
        for key, names in LINES.items()
    }
    drawn = {names: points for names, points in drawn.items() if points}
    times = [seconds for points in drawn.values() for _, seconds in points]
    plot = _Plot(
        (log10(min(one.services for one in found)), log10(max(one.services for one in found)) or 1),
        (floor(log10(min(times))), ceil(log10(max(times)))),
    )
    title = "Seconds for a build, against the number of services"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}"',
        f'role="img" aria-label="{title}">',
        f"<style>{_STYLE}</style>",
        f'<rect class="card" x="0.5" y="0.5" width="{_WIDTH - 1}" height="{_HEIGHT - 1}" rx="8"/>',
        f'<text class="title" x="{_LEFT}" y="30">{title}</text>',
        *_grid(plot, [one.services for one in found]),
        *_lines(plot, drawn),
        *_names(plot, drawn),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


class _Plot:
    """Where numbers stand on the paper."""

    def __init__(self, across: tuple[float, float], up: tuple[int, int]) -> None:
        self.across, self.up = across, up

    def x(self, services: float) -> float:
        """How far to the right."""
        start, end = self.across
        share = (log10(services) - start) / ((end - start) or 1)
        return round(_LEFT + share * (_WIDTH - _LEFT - _RIGHT), 1)

    def y(self, seconds: float) -> float:
        """How far down."""
        start, end = self.up
        share = (log10(seconds) - start) / ((end - start) or 1)
        return round(_HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM), 1)


def _grid(plot: _Plot, services: Sequence[int]) -> Iterator[str]:
    right, bottom = _WIDTH - _RIGHT, _HEIGHT - _BOTTOM
    for power in range(plot.up[0], plot.up[1] + 1):
        y = plot.y(10**power)
        yield f'<path class="grid" d="M{_LEFT} {y}H{right}"/>'
        yield f'<text class="axis" x="{_LEFT - 8}" y="{y + 4}" text-anchor="end">{10**power:g} s</text>'
    for number in services:
        x = plot.x(number)
        yield f'<path class="grid" d="M{x} {_TOP}V{bottom}"/>'
        yield f'<text class="axis" x="{x}" y="{bottom + 20}" text-anchor="middle">{number:,}</text>'


def _lines(plot: _Plot, drawn: _Drawn) -> Iterator[str]:
    for (_, look), points in drawn.items():
        path = "L".join(f"{plot.x(services)} {plot.y(seconds)}" for services, seconds in points)
        yield f'<path class="line {look}" d="M{path}"/>'
        for services, seconds in points:
            x, y = plot.x(services), plot.y(seconds)
            yield f'<circle class="dot {look}" cx="{x}" cy="{y}" r="3.5"/>'


def _names(plot: _Plot, drawn: _Drawn) -> Iterator[str]:
    """The name of each line at its end; above it, where others go on beside it."""
    last = max(points[-1][0] for points in drawn.values())
    ends = sorted(
        (
            (plot.x(points[-1][0]), plot.y(points[-1][1]), names, points[-1][0] < last)
            for names, points in drawn.items()
        ),
    )
    above = [end for end in ends if end[3]]
    for place, (x, _, names, _) in enumerate(reversed(above)):
        yield _name(x, above[0][1] - 12 - _LABEL_HEIGHT * place, names, "end")
    free = 0.0
    for x, y, names, _ in ends[len(above) :]:
        yield _name(x + 10, max(y, free) + 4, names, "start")
        free = max(y, free) + _LABEL_HEIGHT


def _name(x: float, y: float, names: tuple[str, str], anchor: str) -> str:
    title, look = names
    return f'<text class="name {look}" x="{x}" y="{y:.1f}" text-anchor="{anchor}">{escape(title)}</text>'
