"""The smallest client there can be: bytes over TLS, for what libraries of today do not speak any more."""
import asyncio
import base64
import re
import ssl
import xml.etree.ElementTree as xml

STREAM = "http://etherx.jabber.org/streams"


def trusting():
    """The server's certificate is of its own making; that it is TLS at all is what is tested here."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


class OldClient:
    """Logs in with PLAIN over direct TLS or STARTTLS; sends text, receives elements."""

    def __init__(self, server, jid, resource="old"):
        self.server, self.jid, self.resource = server, jid, resource
        self.full = f"{jid}/{resource}"

    async def connect(self, direct=True):
        port = self.server.direct_port if direct else self.server.port
        context = trusting() if direct else None
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", port, ssl=context)
        self._open()
        if not direct:
            await self._features()
            self.send("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>")
            assert (await self.receive()).tag.endswith("}proceed")
            await self.writer.start_tls(trusting(), server_hostname="localhost")
            self._open()
        await self._features()
        name = self.jid.split("@")[0]
        secret = base64.b64encode(f"\0{name}\0{self.server.passwords[self.jid]}".encode()).decode()
        self.send(f"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>{secret}</auth>")
        assert (await self.receive()).tag.endswith("}success")
        self._open()
        await self._features()
        self.send(f"<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>"
                  f"<resource>{self.resource}</resource></bind></iq>")
        assert (await self.receive()).get("type") == "result"
        return self

    def _open(self):
        self.parser = xml.XMLPullParser(["start", "end"])
        self.depth, self.root, self.ready = 0, None, []
        self.send("<?xml version='1.0'?><stream:stream to='localhost' version='1.0' xmlns='jabber:client' "
                  f"xmlns:stream='{STREAM}'>")

    async def _features(self):
        assert (await self.receive()).tag == f"{{{STREAM}}}features"

    def send(self, text):
        self.writer.write(text.encode())

    async def receive(self, seconds=20):
        """The next element of the stream."""
        while not self.ready:
            data = await asyncio.wait_for(self.reader.read(65536), seconds)
            if not data:
                raise ConnectionError("the stream ended")
            self.parser.feed(data)
            for event, element in self.parser.read_events():
                if event == "start":
                    self.depth += 1
                    if self.depth == 1:
                        self.root = element
                else:
                    self.depth -= 1
                    if self.depth == 1:
                        self.ready.append(element)
                        self.root.clear()
        return self.ready.pop(0)

    async def until(self, wanted, seconds=20):
        """Reads until `wanted(element)`; returns that element."""
        while True:
            element = await self.receive(seconds)
            if wanted(element):
                return element

    def close(self):
        self.writer.close()


def body(element):
    return element.findtext("{jabber:client}body")


def delayed(element):
    return element.find("{urn:xmpp:delay}delay") is not None
