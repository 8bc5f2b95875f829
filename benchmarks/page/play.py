"""The playground over its WebSocket, without a page: epochs and frames a second, control to effect, ten sessions.

Run it from the root of the repository:  python -m benchmarks.page.play  [--seconds 5] [--json FILE]
Every frame is said to be drawn as soon as it is there, as by a page that is quick. Linux, for it reads /proc.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from pellucid.envelope import unpack
from pellucid.playground.state import LayerState, NetworkState, PlayState

SERVE = """
from pellucid.web.play import play_site
from pellucid.web.server import serve_site
serve_site(play_site(), port=0, tell=lambda line: print(line, flush=True), open_browser=False)
"""
DEFAULT = PlayState()
DEEP = NetworkState(layers=[LayerState(units=8)] * 6)
BARS = {
    "default network, 10 frames a second, epochs a second": (300.0, "least"),
    "6 layers of 8, 100 x 100 map, frames a second": (30.0, "least"),
    "control to effect, the slowest of 30, ms": (100.0, "most"),
    "four networks side by side, frames a second": (20.0, "least"),
    "ten sessions, frames a second of the slowest": (5.0, "least"),
}


class Server:
    """A server in a process of its own."""

    def __init__(self) -> None:
        self.process = subprocess.Popen([sys.executable, "-c", SERVE], stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().split("http://")[1].split("/")[0]
        self.open = ExitStack()

    def end(self) -> float:
        begun = time.perf_counter()
        self.process.terminate()
        self.process.wait()
        self.open.close()
        return time.perf_counter() - begun

    def workers(self) -> list[str]:
        """The processes of the workers."""
        found = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True)
        return found.stdout.split()

    def resident_megabytes(self) -> float:
        """Of the server and all its workers."""
        pages = [int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in (self.process.pid, *self.workers())]
        return sum(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6

    def seconds_of_workers(self) -> float:
        """What all workers have had of the processors."""
        times = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13] for pid in self.workers()]
        return sum(int(user) + int(system) for user, system in times) / os.sysconf("SC_CLK_TCK")


class Page:
    """A page that draws nothing."""

    def __init__(self, server: Server, state: PlayState, **look: Any) -> None:
        begun = time.perf_counter()
        self.socket: ClientConnection = server.open.enter_context(
            connect(f"ws://{server.address}/api/play", max_size=None)
        )
        self.say(type="look", **look)
        self.configure(state)
        self.frame = self.next_frame()
        self.seconds_to_first_frame = time.perf_counter() - begun

    def say(self, **message: Any) -> None:
        self.socket.send(json.dumps(message))

    def configure(self, state: PlayState) -> None:
        self.say(type="configure", state=state.model_dump(mode="json"), reset=False)

    def next_frame(self) -> dict[str, Any]:
        while (header := unpack(self.socket.recv(timeout=30))[0])["type"] != "frame":
            pass
        return header

    def drawn(self) -> None:
        self.say(type="drawn", frame=self.frame["frame"])
        self.frame = self.next_frame()

    def run(self, seconds: float, pause: float = 0.0) -> tuple[float, float]:
        """Frames and epochs a second; ``pause`` is how long each frame takes to draw."""
        self.say(type="run")
        self.drawn()
        begun, first, frames = time.perf_counter(), self.frame["networks"][0]["epoch"], 0
        while time.perf_counter() - begun < seconds:
            time.sleep(pause)
            self.drawn()
            frames += 1
        spent = time.perf_counter() - begun
        return frames / spent, (self.frame["networks"][0]["epoch"] - first) / spent

    def milliseconds_to_effect(self, count: int) -> list[float]:
        """From sending a new learning rate, amid training, until a frame with it has come."""
        self.say(type="run")
        found = []
        for i in range(count):
            rate = 0.001 * (i + 1)
            network = DEEP.model_copy(update={"learning_rate": rate})
            begun = time.perf_counter()
            self.configure(PlayState(networks=[network]))
            while self.frame["networks"][0]["learning_rate"] != rate:
                self.drawn()
            found.append(1e3 * (time.perf_counter() - begun))
            self.drawn()
        return found


def measure(seconds: float) -> dict[str, float]:
    server = Server()
    time.sleep(2.0)
    figures = {}
    page = Page(server, DEFAULT)
    figures["first frame after connecting, s"] = page.seconds_to_first_frame
    frames, epochs = page.run(seconds)
    figures["default network, all frames, frames a second"] = frames
    figures["default network, all frames, epochs a second"] = epochs
    spent = server.seconds_of_workers()
    _, epochs = page.run(seconds, 0.1)
    figures["default network, 10 frames a second, epochs a second"] = epochs
    figures["the same, epochs for a second of the processor"] = epochs * seconds / (server.seconds_of_workers() - spent)
    page.socket.close()
    page = Page(server, PlayState(networks=[DEEP]))
    figures["6 layers of 8, 100 x 100 map, frames a second"], epochs = page.run(seconds)
    figures["6 layers of 8, 100 x 100 map, epochs a second"] = epochs
    delays = page.milliseconds_to_effect(30)
    figures["control to effect, median, ms"] = statistics.median(delays)
    figures["control to effect, the slowest of 30, ms"] = max(delays)
    page.socket.close()
    four = PlayState(networks=[DEEP, NetworkState(), NetworkState(optimizer="adam"), DEEP])
    page = Page(server, four)
    figures["four networks side by side, frames a second"] = page.run(seconds)[0]
    page.socket.close()
    figures |= measure_ten(server, seconds)
    figures["end with sessions open, s"] = server.end()
    return figures


def measure_ten(server: Server, seconds: float) -> dict[str, float]:
    """Ten pages at once, each with the default network."""
    pages = [Page(server, DEFAULT) for _ in range(10)]
    found: list[tuple[float, float]] = []
    threads = [threading.Thread(target=lambda page=page: found.append(page.run(seconds))) for page in pages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {
        "ten sessions, frames a second of the slowest": min(frames for frames, _ in found),
        "ten sessions, epochs a second of the slowest": min(epochs for _, epochs in found),
        "ten sessions, server and workers, MB": server.resident_megabytes(),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    figures = measure(options.seconds)
    for name, figure in figures.items():
        bar, kind = BARS.get(name, (None, ""))
        met = bar is None or (figure >= bar if kind == "least" else figure <= bar)
        print(f"{name:56} {figure:10.3f}" + (f"   bar {bar:g}: {'met' if met else 'MISSED'}" if bar else ""))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
