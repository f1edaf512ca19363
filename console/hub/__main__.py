"""``python -m console.hub``: embedded in a seat's launch, or as a service."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import fcntl
import logging
import os
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO

from pydantic import ValidationError

from console.hub.refusal import Refused
from console.hub.settings import Secrets, Settings, SettingsError, load_secrets, load_settings
from console.hub.store import StoreError
from console.wire import Account, Launch, Officer

log = logging.getLogger("console.hub")


SHARE = 0.001
"""Seconds a thread computes before another may: the writer waits for the database a dozen times a
command, and must not wait as often for the thread that talks to sixty seats."""


class LaunchError(Exception):
    """The hub cannot start; the text says why."""


def parse(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("console.hub", description="The hub of the console.")
    parser.add_argument("--embedded", action="store_true", help="child of a seat: launch by pipe")
    parser.add_argument("--config", type=Path, help="TOML file with a [hub] table")
    parser.add_argument("--secrets", type=Path, help="TOML file of mode 0600")
    parser.add_argument("--data", type=Path, help="folder of the hub's own files")
    parser.add_argument("--register", type=Path, help="folder of the register")
    parser.add_argument("--port", type=int, help="port of seats and HTTP doors, 0 picks one")
    parser.add_argument("--jt808-port", type=int, help="port of JT/T 808 terminals, 0 picks one")
    parser.add_argument(
        "--add-account",
        metavar="ID:NAME:ROLE,ROLE:DISTRICT,…:DEPARTMENT,…",
        help="make an account of a service and end; its password is the first line of input; "
        "* stands for all districts or departments, nothing for none",
    )
    return parser.parse_args(argv)


def settings_of(args: argparse.Namespace) -> Settings:
    """Return the settings: the file's, over which the command line wins."""
    given = {
        "data": args.data,
        "register_dir": args.register,
        "port": args.port,
        "jt808_port": args.jt808_port,
    }
    base = load_settings(args.config) if args.config else Settings()
    if args.embedded:
        given |= {"host": "127.0.0.1", "jt808_host": ""}
        base = base.model_copy(update={"port": 0, "jt808_port": 0})
    over = {name: value for name, value in given.items() if value is not None}
    try:
        return Settings.model_validate(base.model_dump() | over)
    except ValidationError as error:
        raise SettingsError(str(error.errors()[0]["msg"])) from error


def hold_data_folder(folder: Path) -> IO[str]:
    """Lock the data folder for this process; raise :class:`LaunchError` where it is taken."""
    folder.mkdir(parents=True, exist_ok=True)
    file = (folder / "hub.lock").open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise LaunchError(f"another hub uses {folder}") from None
    return file


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket; raise :class:`LaunchError` where the port is taken."""
    # Said in full: asyncio turns Nagle's delay of 40 ms off only where it reads "TCP".
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host, port))
        sock.listen(512)
    except OSError as error:
        sock.close()
        raise LaunchError(f"{host}:{port}: {error.strerror}") from error
    sock.setblocking(False)
    return sock


def read_launch() -> Launch:
    """Read the first line of standard input; raise :class:`LaunchError` for what is no launch."""
    line = sys.stdin.buffer.readline(65536)
    try:
        return Launch.model_validate_json(line)
    except ValidationError:
        raise LaunchError("the first line of standard input is no launch") from None


async def run(settings: Settings, secrets: Secrets, duty: Officer | None) -> None:
    """Serve until a signal or, embedded, until standard input ends."""
    from console.hub.context import Hub
    from console.hub.server import Server

    http = listen(settings.host, settings.port)
    hub = Hub(settings, secrets)
    hub.duty = duty
    hub.jt808_socket = listen(settings.jt808_host or settings.host, settings.jt808_port)
    server = Server(hub, http)
    if duty is not None:
        loop = asyncio.get_running_loop()
        threading.Thread(target=_until_eof, args=(loop, server.end), daemon=True).start()
    await server.serve(sockets=[http])


def _until_eof(loop: asyncio.AbstractEventLoop, end: Callable[[], None]) -> None:
    """Wait for the end of standard input, unbuffered: a daemon thread must hold no lock."""
    while os.read(0, 65536):
        pass
    with contextlib.suppress(RuntimeError):
        loop.call_soon_threadsafe(end)


async def add_account(settings: Settings, secrets: Secrets, account: str) -> None:
    """Make an account while no hub runs, such as the first administrator."""
    from console.hub.accounts import put_account
    from console.hub.auth import SYSTEM
    from console.hub.context import Hub

    id_, name, roles, districts, departments = [*account.split(":", 4), *[""] * 5][:5]
    password = sys.stdin.readline(1024).rstrip("\n")
    hub = Hub(settings, secrets)
    await hub.store.open()
    try:
        given = Account(
            id=id_,
            name=name,
            roles=roles.split(","),
            districts=[one for one in districts.split(",") if one],
            departments=[one for one in departments.split(",") if one],
            password=password,
        )
        await put_account(hub, SYSTEM, given)
    except ValidationError as error:
        raise LaunchError(f"account: {error.errors()[0]['loc'][0]} is wrong") from None
    except Refused as error:
        raise LaunchError(f"account: {error}") from None
    finally:
        await hub.telemetry.close()
        await hub.store.close()


def main(argv: list[str]) -> int:
    """Start the hub; return the exit code."""
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
    )
    for chatty in ("uvicorn.error", "alembic"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    os.umask(0o077)  # what the hub keeps is nobody else's to read
    sys.setswitchinterval(SHARE)
    args = parse(argv)
    try:
        settings = settings_of(args)
        secrets = load_secrets(args.secrets)
        duty = None
        if args.embedded:
            from console.hub.auth import duty_officer

            launch = read_launch()
            secrets = secrets.model_copy(
                update={"launch_token": launch.token, "intake_key": launch.intake_key}
            )
            duty = duty_officer(launch.officer, launch.officer_name)
        with hold_data_folder(settings.data):
            if args.add_account:
                asyncio.run(add_account(settings, secrets, args.add_account))
            else:
                asyncio.run(run(settings, secrets, duty))
    except (LaunchError, SettingsError, StoreError) as error:
        log.error("%s", error)
        return 2
    return 0


if __name__ == "__main__":
    code = main(sys.argv[1:])
    logging.shutdown()
    # Everything is closed; taking the interpreter apart would only hold up the seat's end.
    os._exit(code)
