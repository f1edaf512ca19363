"""Keys as data."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.seat.commands import CommandClashError, Record, Registry
from console.seat.keymap import KeymapError, OwnKeys, chords, clashes, prefixes, read, write


def record(name: str, key: str, place: str = "window") -> Record:
    return Record(id=name, title=name, run=lambda: None, key=key, place=place)


def test_a_sequence_parts_at_comma_and_space() -> None:
    assert chords("., 1") == (".", "1")
    assert chords(",") == (",",)
    assert chords("Ctrl+K") == ("Ctrl+K",)
    assert chords("") == ()


def test_a_panes_key_may_stand_before_the_windows_own() -> None:
    Registry().add([record("case.close", "E"), record("map.east", "E", "map")])


def test_two_commands_of_one_place_cannot_share_a_key() -> None:
    registry = Registry()
    registry.add([record("case.close", "E")])
    with pytest.raises(CommandClashError, match=r"key E of case.open belongs to case.close"):
        registry.add([record("case.open", "E")])


def test_a_command_takes_a_free_key_at_run_time_and_leaves_its_old_one() -> None:
    registry = Registry()
    registry.add([record("case.close", "E"), record("case.open", "O")])
    with pytest.raises(CommandClashError):
        registry.bind("case.close", "O")
    assert registry["case.close"].key == "E"
    registry.bind("case.close", "X")
    registry.bind("case.open", "E")
    assert [r.key for r in registry] == ["X", "E"]
    registry.bind("case.open", "")
    assert registry["case.open"].key == ""


def test_the_same_key_may_stand_in_two_panes() -> None:
    Registry().add([record("map.zoom", "+", "map"), record("wall.more", "+", "wall")])


def test_a_command_is_registered_once() -> None:
    registry = Registry()
    registry.add([record("case.close", "")])
    with pytest.raises(CommandClashError):
        registry.add([record("case.close", "")])


def test_followers_are_listed_by_place_and_prefix() -> None:
    records = [
        record("voice.one", "., 1"),
        record("voice.two", "., 2"),
        record("queue.top", "G, G"),
    ]
    found = prefixes(records)
    assert [r.id for r in found["window", "."]] == ["voice.one", "voice.two"]


def test_a_key_that_begins_another_is_reported() -> None:
    records = [
        record("voice.one", "., 1"),
        record("map.dot", ".", "map"),
        record("a.b", ".", "window"),
    ]
    assert clashes(records) == ["key . of a.b begins ., 1 of voice.one"]


def test_an_officers_own_key_takes_the_place_of_the_first_one(tmp_path: Path) -> None:
    path = tmp_path / "keys.toml"
    path.write_text('[keys]\n"case.close" = "X"\n', "utf-8")
    (bound,) = OwnKeys(path).over([record("case.close", "E")], Registry())
    assert bound.key == "X"


def test_an_own_key_that_a_new_release_gave_to_another_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "keys.toml"
    write(path, {"case.close": "X", "case.note": "E"})
    registry = Registry()
    registry.add([record("case.new", "X")])
    own = OwnKeys(path)
    registry.add(own.over([record("case.note", "N"), record("case.close", "E")], registry))
    assert registry["case.note"].key == "E"
    assert registry["case.close"].key == "", "the key it came with he gave to another"


def test_keys_that_ship_never_clash_in_silence() -> None:
    registry = Registry()
    registry.add([record("case.close", "E")])
    with pytest.raises(CommandClashError):
        registry.add(OwnKeys().over([record("case.open", "E")], registry))


def test_a_change_is_kept_and_the_shipped_key_is_no_change(tmp_path: Path) -> None:
    path = tmp_path / "keys.toml"
    registry, own = Registry(), OwnKeys(path)
    registry.add(own.over([record("case.close", "E"), record("a.b", "O, A")], registry))
    own.change(registry, "case.close", "X")
    assert read(path) == {"case.close": "X"}
    with pytest.raises(CommandClashError, match="begins"):
        own.change(registry, "case.close", "O")
    assert registry["case.close"].key == "X", "what clashes changes nothing"
    own.change(registry, "case.close", own.shipped("case.close"))
    assert read(path) == {}


def test_own_keys_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "keys.toml"
    own = {"case.close": 'Ctrl+"', "map.east": "\\", "a.b": "., 1", "c.d": ""}
    write(path, own)
    assert read(path) == own


def test_a_broken_key_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "keys.toml"
    path.write_text("[keys\n", "utf-8")
    with pytest.raises(KeymapError, match=r"keys\.toml"):
        read(path)


def test_no_key_file_binds_nothing(tmp_path: Path) -> None:
    assert read(tmp_path / "none.toml") == {}
