"""The panes of the window, in the order in which they are made, each imported in its turn."""

from __future__ import annotations

from collections.abc import Callable

from widgets.bridge import Desk
from widgets.pane import Pane


def _queue(desk: Desk) -> Pane:
    from widgets.queue.pane import QueuePane

    return QueuePane(desk)


def _case(desk: Desk) -> Pane:
    from widgets.case.pane import CasePane

    return CasePane(desk)


def _wall(desk: Desk) -> Pane:
    from widgets.wall.pane import WallPane

    return WallPane(desk)


def _map(desk: Desk) -> Pane:
    from widgets.map.pane import MapPane

    return MapPane(desk)


def _voice(desk: Desk) -> Pane:
    from widgets.voice.pane import VoicePane

    return VoicePane(desk)


def _health(desk: Desk) -> Pane:
    from widgets.health.pane import HealthPane

    return HealthPane(desk)


def _joint(desk: Desk) -> Pane:
    from widgets.joint.pane import JointPane

    return JointPane(desk)


def _manual(desk: Desk) -> Pane:
    from widgets.manual.pane import ManualPane

    return ManualPane(desk)


FIRST: Callable[[Desk], Pane] = _queue
"""The pane that is there at the first paint."""

REST: tuple[Callable[[Desk], Pane], ...] = (_case, _voice, _map, _wall, _health, _joint, _manual)
"""One after the other, after the first paint."""
