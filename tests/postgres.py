"""Starts a throw-away PostgreSQL server on a Unix socket in a temporary directory.

The server refuses to run as root, so under root it runs as the user postgres, or nobody where there is none.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg2
from sqlalchemy import create_engine, text

START_SECONDS = 30


def find_binaries() -> Path | None:
    """The directory of `initdb` and `postgres`, the newest one, or None."""
    on_path = shutil.which("postgres")
    if on_path and (Path(on_path).parent / "initdb").exists():
        return Path(on_path).parent
    versions = (path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    return max(versions, key=lambda path: int(path.parent.name.split(".")[0]), default=None)


class PostgresServer:
    """A server that lives from `start` to `stop`. Nothing of it survives, so it need not be safe against
    crashes.
    """

    def __init__(self, binaries: Path) -> None:
        self._binaries = binaries
        self._folder = Path(tempfile.mkdtemp(prefix="pg"))
        self._process: subprocess.Popen[Any] | None = None

    def start(self) -> None:
        """Make the cluster, start the server and wait until it answers."""
        who = _server_user()
        if who:
            os.chown(self._folder, pwd.getpwnam(who["user"]).pw_uid, -1)
        data = str(self._folder / "data")
        options = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        initdb = [str(self._binaries / "initdb"), "-D", data, *options]
        subprocess.run(initdb, check=True, capture_output=True, cwd="/", **who)
        command = [str(self._binaries / "postgres"), "-D", data, "-k", str(self._folder)]
        for setting in ("listen_addresses=", "fsync=off", "synchronous_commit=off", "full_page_writes=off"):
            command += ["-c", setting]
        with (self._folder / "log").open("wb") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, cwd="/", **who)
        self._wait()

    def stop(self) -> None:
        """Stop the server and remove its files."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(START_SECONDS)
        shutil.rmtree(self._folder, ignore_errors=True)

    def new_database(self, name: str) -> str:
        """Make an empty database; its URL."""
        engine = create_engine(self._url("postgres"), isolation_level="AUTOCOMMIT", future=True)
        with engine.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}"'))
        engine.dispose()
        return self._url(name)

    def _url(self, database: str) -> str:
        return f"postgresql://postgres@/{database}?host={self._folder}"

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                psycopg2.connect(host=str(self._folder), user="postgres", dbname="postgres").close()
                return
            except psycopg2.OperationalError:
                if self._process is None or self._process.poll() is not None or time.monotonic() > deadline:
                    log = (self._folder / "log").read_text(errors="replace")
                    raise RuntimeError(f"PostgreSQL did not start:\n{log}") from None
                # Nothing announces that the server listens; asking again is the documented way.
                time.sleep(0.05)


def _server_user() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry.pw_gid for entry in pwd.getpwall()}
    name = "postgres" if "postgres" in names else "nobody"
    return {"user": name, "group": names[name], "extra_groups": []}
