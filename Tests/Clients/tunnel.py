"""Between a client and the server: a line that can be cut, as a telephone loses its line under the ground."""
import asyncio


class Tunnel:
    """`async with Tunnel(server) as line:`; a client takes it for the server."""

    def __init__(self, server):
        self.server, self.passwords = server, server.passwords
        self.ends, self.is_cut = set(), False

    async def __aenter__(self):
        self.listener = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        self.port = self.listener.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_):
        self.cut()
        self.listener.close()

    def cut(self):
        """Every connection ends without a word, and new ones fail."""
        self.is_cut = True
        for end in self.ends:
            end.transport.abort()
        self.ends.clear()

    def mend(self):
        self.is_cut = False

    async def _carry(self, reader, writer):
        if self.is_cut:
            writer.transport.abort()
            return
        above, out = await asyncio.open_connection("127.0.0.1", self.server.port)
        self.ends |= {writer, out}
        await asyncio.gather(self._copy(reader, out), self._copy(above, writer), return_exceptions=True)

    async def _copy(self, reader, writer):
        try:
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        finally:
            writer.close()
