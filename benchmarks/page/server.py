"""The server's side of the page: first answers of a large run, a list of many, the delay and cost of live news.

Run it from the root of the repository:  python -m benchmarks.page.server  [--seconds 20] [--json FILE]
It writes run folders as a training does and asks a server that is a process of its own. Linux, for it reads /proc.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.request import urlopen

from websockets.sync.client import connect

from pellucid.envelope import unpack_rows

sys.path.append("tests")
from synthetic_runs import write_run

SERVE = """
import sys
from pathlib import Path
from pellucid.web.server import serve
serve(Path(sys.argv[1]), port=0, tell=lambda line: print(line, flush=True), open_browser=False)
"""
BARS = {
    "first answers of 10,000 epochs and 1,000,000 steps, s": 1.0,
    "list of 1,000 runs, first, s": 2.0,
    "live: 95 of 100 steps seen within, ms": 200.0,
    "live: share of a core": 0.10,
}


class Server:
    """A server in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen([sys.executable, "-c", SERVE, str(folder)], stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().split("http://")[1].split("/")[0]

    def get(self, path: str) -> bytes:
        with urlopen(f"http://{self.address}{path}") as answer:
            return answer.read()

    def seconds_of_processor(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def end(self) -> float:
        begun = time.perf_counter()
        self.process.terminate()
        self.process.wait()
        return time.perf_counter() - begun


def measure_large_run(folder: Path) -> dict[str, float]:
    """The first time that all is asked for which a page shows first, and once more."""
    write_run(folder / "large", epochs=10_000, steps_an_epoch=100)
    server = Server(folder)
    server.get("/api/session")
    found, spent = {}, server.seconds_of_processor()
    for name in ("first", "again"):
        begun = time.perf_counter()
        for path in ("", "/tables/epochs", "/tables/steps"):
            server.get(f"/api/runs/large{path}")
        found[name] = time.perf_counter() - begun
        found.setdefault("processor", server.seconds_of_processor() - spent)
    server.end()
    return {
        "first answers of 10,000 epochs and 1,000,000 steps, s": found["first"],
        "the same, seconds of the processor": found["processor"],
        "the same again, s": found["again"],
    }


def measure_many_runs(folder: Path) -> dict[str, float]:
    for number in range(1_000):
        write_run(folder / f"run-{number}", epochs=20, steps_an_epoch=10)
    server = Server(folder)
    server.get("/api/session")
    begun = time.perf_counter()
    size = len(server.get("/api/runs"))
    first = time.perf_counter() - begun
    time.sleep(1)
    begun = time.perf_counter()
    server.get("/api/runs")
    again = time.perf_counter() - begun
    begun = time.perf_counter()
    for number in range(50):
        server.get(f"/api/runs/run-{number}/tables/epochs?columns=validation/loss")
    overlay = time.perf_counter() - begun
    server.end()
    return {
        "list of 1,000 runs, first, s": first,
        "list of 1,000 runs, again, s": again,
        "list of 1,000 runs, MB": size / 1e6,
        "curves of 50 runs, s": overlay,
    }


def measure_live(folder: Path, seconds: float) -> dict[str, float]:
    """A run that grows by 100 steps a second, written every 0.1 s; when each line is seen by a page."""
    run = write_run(folder / "live", epochs=1, steps_an_epoch=1000, status="running")
    server = Server(folder)
    delays: list[float] = []
    with connect(f"ws://{server.address}/api/live", max_size=None) as page, (run / "steps.csv").open("a") as file:
        page.send(json.dumps({"type": "follow", "run": "live", "tables": ["steps"], "have": {"steps": 1000}}))
        page.recv()
        written: dict[int, float] = {}
        step, begun, spent = 1000, time.perf_counter(), server.seconds_of_processor()
        while time.perf_counter() - begun < seconds:
            due = begun + (step - 1000) / 100 + 0.1
            file.writelines(f"{step + k},0.01,0.5\n" for k in range(1, 11))
            file.flush()
            written |= dict.fromkeys(range(step + 1, step + 11), time.perf_counter())
            step += 10
            while (left := due - time.perf_counter()) > 0:
                try:
                    data = page.recv(timeout=left)
                except TimeoutError:
                    break
                if b'"type": "rows"' in data[:200]:
                    now, (_, columns) = time.perf_counter(), unpack_rows(data)
                    delays += [now - written.pop(int(seen)) for seen in columns["step"] if int(seen) in written]
        share = (server.seconds_of_processor() - spent) / (time.perf_counter() - begun)
        lost = len(written) - 10
        ended = server.end()
    delays.sort()
    return {
        "live: median delay, ms": 1e3 * statistics.median(delays),
        "live: 95 of 100 steps seen within, ms": 1e3 * delays[int(0.95 * len(delays))],
        "live: the slowest, ms": 1e3 * delays[-1],
        "live: steps not seen": max(lost, 0),
        "live: share of a core": share,
        "end with a page that listens, s": ended,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    figures: dict[str, float] = {}
    for measure in (measure_large_run, measure_many_runs, lambda folder: measure_live(folder, options.seconds)):
        with tempfile.TemporaryDirectory() as folder:
            figures |= measure(Path(folder))
    for name, figure in figures.items():
        bar = BARS.get(name)
        print(f"{name:60} {figure:10.3f}" + (f"   bar {bar:g}: {'met' if figure <= bar else 'MISSED'}" if bar else ""))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
