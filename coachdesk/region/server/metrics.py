"""Counts in Prometheus's text form (version 0.0.4): nothing about a person, a desk or an address."""

from collections import Counter, defaultdict
from pathlib import Path

from coachdesk import __version__

_BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
_PAGE = 4096


class Metrics:
    """What was asked and answered since the start."""

    def __init__(self) -> None:
        self.requests: Counter[tuple[str, int, str]] = Counter()
        self.bundles: Counter[str] = Counter()
        self.rejected: Counter[str] = Counter()
        self._took: Counter[tuple[str, float]] = Counter()
        self._count: Counter[str] = Counter()
        self._sum: defaultdict[str, float] = defaultdict(float)

    def answered(self, route: str, status: int, reason: str, seconds: float) -> None:
        """Count one answer; ``reason`` is a refusal's, else empty."""
        self.requests[route, status, reason] += 1
        self._count[route] += 1
        self._sum[route] += seconds
        for bound in _BOUNDS:
            if seconds <= bound:
                self._took[route, bound] += 1

    def text(self, waiting: int) -> str:
        """All counts."""
        lines = [
            "# HELP coachdesk_region_info The program.",
            "# TYPE coachdesk_region_info gauge",
            f'coachdesk_region_info{{version="{__version__}"}} 1',
            "# HELP coachdesk_requests_total Requests answered.",
            "# TYPE coachdesk_requests_total counter",
        ]
        for (route, status, reason), count in sorted(self.requests.items()):
            labels = f'route="{route}",status="{status}",reason="{reason}"'
            lines.append(f"coachdesk_requests_total{{{labels}}} {count}")
        lines += self._times()
        lines += _counter("coachdesk_bundles_total", "What became of bundles.", "result", self.bundles)
        lines += _counter("coachdesk_items_rejected_total", "Items not kept.", "reason", self.rejected)
        lines += _gauge("coachdesk_writing_waiting", "Requests that wait for the store.", waiting)
        lines += _gauge("process_resident_memory_bytes", "Memory in use.", resident())
        return "\n".join(lines) + "\n"

    def _times(self) -> list[str]:
        name = "coachdesk_request_seconds"
        lines = [f"# HELP {name} How long answers took.", f"# TYPE {name} histogram"]
        for route in sorted(self._count):
            for bound in _BOUNDS:
                lines.append(f'{name}_bucket{{route="{route}",le="{bound}"}} {self._took[route, bound]}')
            lines.append(f'{name}_bucket{{route="{route}",le="+Inf"}} {self._count[route]}')
            lines.append(f'{name}_sum{{route="{route}"}} {self._sum[route]:.6f}')
            lines.append(f'{name}_count{{route="{route}"}} {self._count[route]}')
        return lines


def resident() -> int:
    """Bytes of memory in use now; nought where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * _PAGE
    except (OSError, ValueError, IndexError):
        return 0


def _counter(name: str, told: str, label: str, counts: Counter[str]) -> list[str]:
    lines = [f"# HELP {name} {told}", f"# TYPE {name} counter"]
    return lines + [f'{name}{{{label}="{key}"}} {count}' for key, count in sorted(counts.items())]


def _gauge(name: str, told: str, value: int) -> list[str]:
    return [f"# HELP {name} {told}", f"# TYPE {name} gauge", f"{name} {value}"]
