"""What a bureau may set: each with its type, default, unit and meaning.

Secrets are not settings: they live in :class:`Secrets`, are read from the environment
or a file only the owner may read, and are never shown, logged or exported.
"""

from __future__ import annotations

import os
import re
import stat
import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from console.domain.workdays import HOURS, hours_of
from console.wire import SettingRow

_PASSWORD = re.compile(r"://[^/@:]*:[^/@]+@|[?&]password=[^&]")


class SettingsError(Exception):
    """A settings or secrets file says what cannot be taken; the text names file and field."""


def _setting(default: Any, description: str, unit: str = "", **limits: Any) -> Any:
    return Field(default, description=description, json_schema_extra={"unit": unit}, **limits)


class Settings(BaseModel):
    """Settings of the hub, the ``[hub]`` table of its TOML file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    data: Path = _setting(Path("data"), "Folder of the hub's own files")
    register_dir: Path | None = _setting(None, "Folder of the register to import at start")
    database: str = _setting("", "Database address; empty for SQLite files in the data folder")
    host: str = _setting("127.0.0.1", "Address on which seats and doors are served")
    port: int = _setting(8600, "Port of seats and HTTP doors; 0 picks one", ge=0, le=65535)
    jt808_host: str = _setting("", "Address of JT/T 808 terminals; empty for that of the seats")
    jt808_port: int = _setting(6808, "Port of JT/T 808 terminals; 0 picks one", ge=0, le=65535)
    children: tuple[Literal["voice", "media"], ...] = _setting(
        ("voice", "media"), "Child processes: voice speaks, media takes frames"
    )
    frigate_url: str = _setting("", "Base address of Frigate, from which snapshots are fetched")
    mqtt_url: str = _setting("", "MQTT broker such as mqtt://host:1883; empty for none")
    session_hours: float = _setting(12.0, "How long a sign-in lasts", "hours", gt=0, le=168)
    claim_minutes: float = _setting(
        5.0, "How long a claimed case stays with an officer who does nothing", "minutes", gt=0
    )
    log_keep: int = _setting(200_000, "Changes kept for seats that come back", "changes", ge=100)
    seat_queue: int = _setting(
        5_000, "Changes a slow seat may be behind before it is cut off", "changes", ge=10
    )
    seat_patience: float = _setting(
        10.0, "How long one message to a seat may take before it is cut off", "seconds", gt=0
    )
    rested_hours: float = _setting(24.0, "How long closed cases stay on the seats", "hours", ge=0)
    track_days: int = _setting(30, "How long tracks are kept", "days", ge=1)
    position_age: float = _setting(
        300.0, "Age from which a position no longer says where a unit is", "seconds", gt=0
    )
    max_upload: int = _setting(20_000_000, "Largest body that a door takes", "bytes", ge=100_000)
    speech_repeat: int = _setting(2, "How often a warning is said", "times", ge=1, le=5)
    look_again: float = _setting(
        20.0, "After how long a warned place is looked at again", "seconds", gt=0, le=600
    )
    working_hours: str = _setting(
        HOURS, "When the bureau works on a working day; other time counts in no working limit"
    )
    clock_profile: str = _setting("default", "Profile by which cases without a rule are timed")
    disk_reserve: int = _setting(
        64, "Space held back so that a full disk can still be written to", "MB", ge=0
    )
    disk_warn: int = _setting(2_000, "Free space below which the health pane warns", "MB", ge=0)

    @field_validator("working_hours")
    @classmethod
    def _hours_in_order(cls, value: str) -> str:
        hours_of(value)
        return value

    @field_validator("database")
    @classmethod
    def _no_secret_in_it(cls, value: str) -> str:
        if _PASSWORD.search(value.replace("{password}", "")):
            raise ValueError("put {password} for the password, which belongs in the secrets file")
        return value


class Secrets(BaseModel):
    """What opens doors. ``repr`` shows nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    intake_key: str = Field(default="", repr=False)
    database_password: str = Field(default="", repr=False)
    mqtt_user: str = Field(default="", repr=False)
    mqtt_password: str = Field(default="", repr=False)
    launch_token: str = Field(default="", repr=False)
    platform_secrets: dict[str, str] = Field(default_factory=dict, repr=False)
    """Name of a platform -> the secret with which it signs what it sends."""


def load_settings(path: Path) -> Settings:
    """Read a TOML file; raise :class:`SettingsError` naming what is wrong in it."""
    try:
        table = tomllib.loads(path.read_text("utf-8")).get("hub", {})
        return Settings.model_validate(table)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: {error}") from error
    except ValidationError as error:
        raise SettingsError(f"{path}: {_first(error)}") from error


def load_secrets(path: Path | None) -> Secrets:
    """Read secrets from a TOML file of mode 0600 and from ``ZHIHUI_…`` variables, which win."""
    table: dict[str, Any] = {}
    if path is not None and path.exists():
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise SettingsError(f"{path}: others may read it; set its mode to 0600")
        try:
            table = tomllib.loads(path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
            raise SettingsError(f"{path}: no TOML") from None
    for name in Secrets.model_fields:
        if value := os.environ.get(f"ZHIHUI_{name.upper()}"):
            table[name] = value
    try:
        return Secrets.model_validate(table)
    except ValidationError as error:
        field = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise SettingsError(f"secrets: {field} is wrong") from None


def _first(error: ValidationError) -> str:
    first = error.errors()[0]
    return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"


def describe(settings: Settings | None = None) -> list[SettingRow]:
    """Return every setting with its meaning and its value in ``settings``."""
    settings = settings or Settings()
    schema = Settings.model_json_schema()["properties"]
    rows = []
    for name, field in Settings.model_fields.items():
        kinds = schema[name].get("anyOf", [schema[name]])
        rows.append(
            SettingRow(
                name=name,
                type=next(kind["type"] for kind in kinds if kind["type"] != "null"),
                default=_text(field.default),
                value=_text(getattr(settings, name)),
                unit=schema[name]["unit"],
                description=field.description or "",
            )
        )
    return rows


def _text(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    return "" if value is None else str(value)
