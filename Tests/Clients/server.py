"""A Parlance of its own for each test: free ports, a fresh data folder, stopped by its process id."""
import asyncio
import os
import pathlib
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile

BINARY = os.environ["PARLANCE_BINARY"]
READY_SECONDS = 30


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """`async with Server() as server:`; `extra` is YAML put behind the configuration."""

    def __init__(self, extra=""):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="parlance-"))
        self.port, self.direct_port = free_port(), free_port()
        self.config = self.folder / "parlance.yaml"
        self.config.write_text(
            f"domain: localhost\n"
            f"data: {self.folder}/data\n"
            f"listen:\n"
            f"  c2s:\n"
            f"    - {{ address: \"127.0.0.1:{self.port}\", tls: starttls }}\n"
            f"    - {{ address: \"127.0.0.1:{self.direct_port}\", tls: direct }}\n" + extra)
        self.process = None
        self.passwords = {}

    async def __aenter__(self):
        await self.start()
        return self

    async def __aexit__(self, *_):
        if self.process and self.process.returncode is None:
            self.kill()
            await self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    async def start(self):
        log = open(self.folder / "log", "a")
        self.process = await asyncio.create_subprocess_exec(
            BINARY, "serve", "--config", str(self.config), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log)
        async def ready():
            while line := await self.process.stdout.readline():
                if line.startswith(b"READY"):
                    return True
            return False
        if not await asyncio.wait_for(ready(), READY_SECONDS):
            raise RuntimeError("the server did not start: " + (self.folder / "log").read_text()[-2000:])
        # what is printed from now on is read away, so that the pipe never fills
        self.drain = asyncio.ensure_future(self.process.stdout.read())

    def kill(self):
        """As a power cut would."""
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGKILL)

    async def restart(self):
        self.kill()
        await self.process.wait()
        await self.start()

    async def stop(self):
        """As an operator would; returns the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self.process.wait(), 20)

    async def command(self, *words, stdin=b""):
        process = await asyncio.create_subprocess_exec(
            BINARY, *words, "--config", str(self.config), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE)
        out, err = await process.communicate(stdin)
        if process.returncode:
            raise RuntimeError(f"parlance {' '.join(words)}: exit {process.returncode}: {err.decode()}")
        return out.decode()

    async def account(self, name):
        """Makes an account, and returns its bare JID."""
        password = secrets.token_hex(8)
        jid = f"{name}@localhost"
        await self.command("account", "create", jid, "--password-stdin", stdin=password.encode())
        self.passwords[jid] = password
        return jid

    def journal(self, kinds=(4,)):
        """The bodies of the kept events of all rooms, in order: (room, seq, bytes)."""
        (path,) = self.folder.glob("data/*.sqlite")
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
            marks = ",".join("?" * len(kinds))
            return database.execute(
                f"SELECT room, seq, body FROM event WHERE kind IN ({marks}) ORDER BY room, seq", kinds).fetchall()
