"""What the hub says in codes, the seat says in words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from console.domain import guards
from console.domain.case import Action, Source, State
from console.domain.guards import Guard
from console.domain.stages import Stage
from console.seat.case_deeds import DEEDS
from widgets import wording
from widgets.case import words
from widgets.refusals import PROBLEMS

HUB = Path(__file__).resolve().parents[2] / "console/hub"
_REFUSAL = re.compile(r'\b(?:Refused|conflict)\(\s*"([a-z_]+)"')


def sources() -> Iterator[str]:
    for path in sorted(HUB.rglob("*.py")):
        yield path.read_text("utf-8")


def test_every_refusal_of_the_hub_is_worded() -> None:
    said = {code for text in sources() for code in _REFUSAL.findall(text)}
    said |= {guard.code for guard in vars(guards).values() if isinstance(guard, Guard)}
    assert said - set(PROBLEMS) == set()


def test_every_reason_why_something_cannot_be_undone_is_worded() -> None:
    found = set()
    for text in sources():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.keyword) and node.arg == "no_undo":
                found |= {n.value for n in ast.walk(node.value) if isinstance(n, ast.Constant)}
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("plain", "_said"):
                found |= {a.value for a in node.args if isinstance(a, ast.Constant)}
    sentences = {text for text in found if isinstance(text, str) and text}
    assert sentences
    assert {text for text in sentences if text not in wording.NO_UNDO} == set()


def test_every_state_source_stage_and_deed_has_a_word() -> None:
    for state in State:
        assert wording.state_text(state) != state
    for source in Source:
        assert wording.source_text(source) != source
    for stage in Stage:
        assert wording.stage_text(stage) != stage
    for action in Action:
        assert words.action_text(action) != action, action


def test_every_button_of_the_case_pane_has_a_word() -> None:
    for deed in DEEDS:
        assert words.button_text(deed.id) != deed.id, deed.id


def test_a_limit_is_said_in_words_and_another_text_stays() -> None:
    assert wording.limit_text("working_days:7") == "7 working days"
    assert wording.limit_text("fortnights:2") == "fortnights:2"
    assert wording.limit_text("soon") == "soon"
