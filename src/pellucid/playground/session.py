"""A session: one page's state, its networks and their training, and the frames that the page is shown.

Nothing here waits. ``handle`` takes a message, ``work`` trains for a moment, ``tell`` sends what is due; whoever calls
them keeps the turns short, so that a message takes effect at once.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pellucid.envelope import pack
from pellucid.errors import ConfigError, PellucidError, describe
from pellucid.playground import messages
from pellucid.playground.data.play_data import PlayData, make_data
from pellucid.playground.frames import FrameMaker, data_message
from pellucid.playground.network import Network, make_network
from pellucid.playground.pace import Pace
from pellucid.playground.questions.scene import NetworkScene, Scene
from pellucid.playground.snapshot import restored
from pellucid.playground.state import PlayState
from pellucid.playground.training import Training
from pellucid.trees import flatten

if TYPE_CHECKING:
    from pellucid.playground.families.opened import OpenFamily

SECONDS_BETWEEN_FRAMES = 1 / 60
"""Frames come no quicker than screens show them."""

SECONDS_OF_STEPS = 0.004
"""About so long one call trains."""


class Session:
    """What one page works on. ``send`` takes what is for the page, ``ask`` a question with the scene it is about."""

    def __init__(self, send: Callable[[bytes], None], ask: Callable[[messages.Ask, Scene], None]) -> None:
        self._send, self._ask = send, ask
        self.state: PlayState | None = None
        self.trainings: list[Training] = []
        self.pace = Pace()
        self.look = messages.Look(type="look")
        self._data: PlayData | None = None
        self._frames: FrameMaker | None = None
        self._families: dict[str, OpenFamily] = {}
        self._family: OpenFamily | None = None
        self._frame = 0
        self._drawn = True
        self._changed = False
        self._shown = float("-inf")

    def attach(self, session: str, resumed: bool, questions: Sequence[str]) -> None:
        """A page has come, or come back: it is told everything."""
        header = {"session": session, "resumed": resumed and self.state is not None, "engine": "python"}
        self._send(pack({"type": "hello", **header, "questions": list(questions)}))
        self._drawn = self._changed = True
        for training in self.trainings:
            training.history.unsent = 0
        for family in self._families.values():
            family.tell_all()
        if self._data is not None:
            self._send(data_message(self._data))

    def handle(self, text: str | bytes) -> None:
        """Do what a message says; what cannot be is told to the page and changes nothing."""
        number = None
        try:
            message = messages.read_message(text)
            number = getattr(message, "id", None)
            self._do(message)
        except PellucidError as error:
            self.refuse(describe(error), number)
        except MemoryError:
            self.refuse("there is not enough memory for this: take fewer points or smaller networks", number)

    def refuse(self, why: str, number: int | None = None) -> None:
        """Tell the page what could not be done."""
        self._send(messages.refusal(why, number))

    def work(self) -> bool:
        """Train for a moment. Whether there was anything to do."""
        if self._family is not None:
            did = self._family.work(SECONDS_OF_STEPS)
            self._changed = self._changed or did
            return did
        training = self.pace.next(self.trainings)
        if training is None:
            return False
        before = training.progress.step
        training.advance(self.pace.most(training, max(1, int(SECONDS_OF_STEPS / training.seconds_a_step))))
        self.pace.count(training, training.progress.step - before)
        self._changed = True
        return True

    def tell(self) -> None:
        """Send a frame if there is something new, the last one is drawn, and its time has come."""
        if not (self._changed and self._drawn and (self._family or self._frames)) or self.seconds_to_frame() > 0:
            return
        self._shown = time.monotonic()
        self._drawn = self._changed = False
        self._frame += 1
        if self._family is not None:
            self._send(self._family.frame(self._frame))
        elif self._frames is not None:
            self._send(self._frames.frame(self._frame, self.pace.is_running(self.trainings), self.look))

    def pause(self) -> None:
        """Train no further, whatever it is."""
        self.pace.pause()
        if self._family is not None:
            self._family.pause()

    def seconds_to_frame(self) -> float:
        """How long until the next frame may be sent; what was asked for is shown at once."""
        return self._shown + SECONDS_BETWEEN_FRAMES - time.monotonic()

    def seconds_idle(self) -> float:
        """How long there will be nothing to do unless a message comes."""
        family = self._family
        until = self.pace.seconds_to_next(self.trainings) if family is None else family.seconds_to_next()
        return min(until, max(0.0, self.seconds_to_frame())) if self._changed and self._drawn else until

    def scene(self) -> Scene:
        """The session as it is now. Raises ConfigError before the first state."""
        if self.state is None or self._data is None:
            raise ConfigError("there is no state yet: configure comes first")
        networks = tuple(NetworkScene(t.network, t.progress, tuple(t.path.places)) for t in self.trainings)
        return Scene(self.state, self._data, networks)

    def _do(self, message: messages.Message) -> None:
        if isinstance(message, messages.Drawn):
            self._drawn = self._drawn or message.frame >= self._frame
            return
        if isinstance(message, messages.Ask):
            self._ask(message, self.scene())
            return
        DOES[type(message)](self, message)
        self._changed, self._shown = True, float("-inf")

    def _configure(self, message: messages.Configure) -> None:
        state, before = message.state, self.state
        if before and not message.reset and (state.data, state.networks) == (before.data, before.networks):
            self.state = state  # nothing of the view changes a number
            return
        new_data = before is None or self._data is None or state.data != before.data
        data = make_data(state.data) if new_data or self._data is None else self._data
        old = self.trainings
        networks = [
            old[i].network
            if not new_data and before and i < len(old) and state.networks[i] == before.networks[i]
            else make_network(part, data)
            for i, part in enumerate(state.networks)
        ]
        trainings = [
            _continued(old[i], network) if i < len(old) and not message.reset else Training(network)
            for i, network in enumerate(networks)
        ]
        self.state, self._data, self.trainings = state, data, trainings
        self._frames = FrameMaker(data, trainings)
        if message.reset:
            self.pace.pause()
        if new_data:
            self._send(data_message(data))

    def _run(self, message: messages.Run) -> None:
        self.scene()
        for training in self.trainings:
            training.allow()
        self.pace.run(self.trainings)

    def _pause(self, message: messages.Pause) -> None:
        self.pace.pause()

    def _step(self, message: messages.Step) -> None:
        self.scene()
        for training in self.trainings:
            training.allow()
        self.pace.step(self.trainings, message.unit, message.count)

    def _reset(self, message: messages.Reset) -> None:
        self.pace.pause()
        for training in self.trainings:
            training.restart()

    def _speed(self, message: messages.Speed) -> None:
        self.pace.set_speed(message.epochs_per_second, self.trainings)

    def _edit(self, message: messages.Edit) -> None:
        self.scene()
        if message.network >= len(self.trainings):
            raise ConfigError(f"there are {len(self.trainings)} networks: number {message.network} is not there")
        self.trainings[message.network].edit(message.path, tuple(message.index), message.value)

    def _restore(self, message: messages.Restore) -> None:
        self.scene()
        if len(message.networks) != len(self.trainings):
            raise ConfigError(f"there are {len(self.trainings)} networks, and {len(message.networks)} to restore")
        pairs = zip(self.trainings, message.networks, strict=True)
        found = [(training, restored(training.network, stored)) for training, stored in pairs]
        for training, progress in found:
            training.restore(progress)

    def _look(self, message: messages.Look) -> None:
        self.look = message

    def _do_family(self, message: messages.FamilyMessage) -> None:
        """A family is loaded when a page opens it, and kept as it is when it is closed."""
        if message.do == "open":
            from pellucid.playground.families.opened import OpenFamily

            if message.name in self._families:
                self._families[message.name].do(message)
            else:
                self._families[message.name] = OpenFamily(message.name, message.settings)
            self.pause()
            self._family = self._families[message.name]
            self._family.tell_all()
        elif message.do == "close":
            self.pause()
            self._family = None
        elif self._family is None:
            raise ConfigError(f"no family is open: open {message.name} first")
        else:
            self._family.do(message)


DOES: Mapping[type, Callable[[Session, Any], None]] = {
    messages.Configure: Session._configure,
    messages.Run: Session._run,
    messages.Pause: Session._pause,
    messages.Step: Session._step,
    messages.Reset: Session._reset,
    messages.Speed: Session._speed,
    messages.Edit: Session._edit,
    messages.Restore: Session._restore,
    messages.Look: Session._look,
    messages.FamilyMessage: Session._do_family,
}


def _continued(training: Training, network: Network) -> Training:
    """The training of ``network``: with the weights so far, where they fit and would have begun alike."""
    if training.network is network:
        return training
    if _beginning(training.network) != _beginning(network):
        return Training(network)
    training.adopt(network)
    return training


def _beginning(network: Network) -> Any:
    """Equal for networks whose weights have the same shapes and begin with the same numbers."""
    shapes = {path: array.shape for path, array in flatten(network.first_weights.params).items()}
    return network.state.initializer, network.state.seed, shapes
