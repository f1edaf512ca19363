"""``python -m widgets.keysdoc``: docs/keys.md from the command records, on standard output."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from console.seat.client import HubClient
from console.seat.commands import Record, Registry
from console.seat.layouts import Layouts
from console.seat.session import Seat
from widgets import panes
from widgets.actions import key_text
from widgets.bridge import Desk
from widgets.keyhelp import grouped
from widgets.language import Language
from widgets.shell import Shell
from widgets.start import application
from widgets.theme import load
from widgets.wording import command_text, place_text

_HEAD = """# Keys

Generated from the command records by `./dev texts`; do not edit. `?` shows all keys; Enter on one
changes it, which is kept in `keys.toml` of the data folder. A key of a pane counts while the pane
has the keyboard, and before the same key of the window; none works inside a text field.
"""


def document(records: list[Record], language: Language) -> str:
    """Return the document: a table a place, each title in English and Chinese."""
    titles: dict[str, dict[str, str]] = {}
    for name in ("en", "zh_CN"):
        language.use(name)
        words = {record.id: command_text(record.title) for record in records}
        titles[name] = words | {r.place: place_text(r.place) for r in records}
    lines = [_HEAD]
    for place, listed in grouped(records).items():
        lines.append(f"\n## {titles['en'][place]} · {titles['zh_CN'][place]}\n")
        lines += ["| key | command | 命令 |", "|---|---|---|"]
        lines += [
            f"| `{key_text(r.key)}` | {titles['en'][r.id]} | {titles['zh_CN'][r.id]} |"
            for r in listed
        ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Build a window without a hub, read its records, print them."""
    app = application()
    client = HubClient("http://127.0.0.1:9", "")
    desk = Desk(Seat(client), load("day"), Registry())
    language = Language(app)
    try:
        with tempfile.TemporaryDirectory() as folder:
            shell = Shell(app, desk, language, Layouts(Path(folder)), "")
            for make in (panes.FIRST, *panes.REST):
                shell.add_pane(make(desk))
            faults = shell.check_keys()
            sys.stdout.write(document(list(desk.registry), language))
    finally:
        client.close()
    sys.stderr.writelines(f"{fault}\n" for fault in faults)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
