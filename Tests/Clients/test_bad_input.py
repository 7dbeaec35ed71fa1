"""What is sent wrongly is answered clearly, and the rest of the server goes on."""
import asyncio
import subprocess

from oldclient import STREAM, OldClient, body, trusting
from server import BINARY, Server

ROOM = "coven@conference.localhost"
HEADER = ("<?xml version='1.0'?><stream:stream to='localhost' version='1.0' xmlns='jabber:client' "
          f"xmlns:stream='{STREAM}'>")

# what is sent, and the stream error that ends the stream
BROKEN = [
    (HEADER + "<iq><a></b>", "not-well-formed"),
    (HEADER + "<!-- a comment -->", "restricted-xml"),
    ("<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]>" + HEADER, "restricted-xml"),
    (HEADER + "<?php ?>", "restricted-xml"),
    (HEADER + "<x:iq/>", "bad-namespace-prefix"),
    (HEADER.replace("jabber:client", "jabber:nonsense"), "invalid-namespace"),
    (HEADER.replace("to='localhost'", "to='elsewhere.example'"), "host-unknown"),
    (HEADER + "<message><body>too early</body></message>", "not-authorized"),
]


async def stream_error(server, text):
    reader, writer = await asyncio.open_connection("127.0.0.1", server.direct_port, ssl=trusting())
    writer.write(text.encode())
    answer = b""
    try:
        while data := await asyncio.wait_for(reader.read(65536), 20):
            answer += data
    except (ConnectionError, OSError):
        pass
    writer.close()
    return answer.decode()


async def test_broken_streams_end_with_the_right_error():
    async with Server() as server:
        bystander = await OldClient(server, await server.account("ada")).connect()
        for text, condition in BROKEN:
            answer = await stream_error(server, text)
            assert f"<{condition} " in answer and "</stream:stream>" in answer, (text, answer)
        bystander.send("<iq type='get' id='still' to='localhost'><ping xmlns='urn:xmpp:ping'/></iq>")
        assert (await bystander.receive()).get("id") == "still"


async def test_over_limit_stanzas_end_only_their_own_stream():
    async with Server() as server:
        ada, bo = await server.account("ada"), await server.account("bo")
        for flood in ("<message to='bo@localhost'><body>" + "x" * 300_000, "<message>" + "<a xmlns='n'>" * 200):
            client = await OldClient(server, ada).connect()
            client.send(flood)
            error = await client.until(lambda e: e.tag == f"{{{STREAM}}}error")
            assert error.find("{urn:ietf:params:xml:ns:xmpp-streams}policy-violation") is not None
        other = await OldClient(server, bo).connect()
        other.send("<iq type='get' id='still' to='localhost'><ping xmlns='urn:xmpp:ping'/></iq>")
        assert (await other.receive()).get("id") == "still"


async def test_wrong_stanzas_are_answered_and_the_stream_goes_on():
    async with Server() as server:
        client = await OldClient(server, await server.account("ada")).connect()
        questions = [
            ("<iq type='get' id='q' to='a@b@c'><ping xmlns='urn:xmpp:ping'/></iq>", "jid-malformed"),
            ("<iq type='get' id='q' to='localhost'><query xmlns='urn:example:nonsense'/></iq>", "service-unavailable"),
            ("<iq type='nonsense' id='q' to='localhost'><ping xmlns='urn:xmpp:ping'/></iq>", "bad-request"),
            (f"<iq type='set' id='q' to='{ROOM}'><query xmlns='http://jabber.org/protocol/muc#owner'/></iq>",
             "item-not-found"),
            (f"<message type='groupchat' id='q' to='{ROOM}'><body>nobody there</body></message>", "item-not-found"),
            (f"<presence id='q' to='{ROOM}'><x xmlns='http://jabber.org/protocol/muc'/></presence>", "jid-malformed"),
            (f"<presence id='q' to='bad#room@conference.localhost/n'><x xmlns='http://jabber.org/protocol/muc'/>"
             "</presence>", "jid-malformed"),
            ("<message id='q' to='nobody@elsewhere.example'><body>hello?</body></message>", "remote-server-not-found"),
        ]
        for text, condition in questions:
            client.send(text)
            answer = await client.receive()
            assert answer.get("type") == "error" and answer.get("id") == "q", (text, answer.attrib)
            error = answer.find("{jabber:client}error")
            assert error.find(f"{{urn:ietf:params:xml:ns:xmpp-stanzas}}{condition}") is not None, (
                text, [child.tag for child in error])
            assert error.get("code"), "the legacy code is missing"


async def refused(*words):
    """Runs a command that cannot succeed; returns its exit code and its one line."""
    process = await asyncio.create_subprocess_exec(
        BINARY, *words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    out, err = await asyncio.wait_for(process.communicate(), 30)
    return process.returncode, (out + err).decode().strip()


async def test_a_start_that_cannot_be_says_why_in_one_line():
    async with Server() as server:
        code, words = await refused("serve", "--config", str(server.config))
        assert code in (1, 2) and "in use" in words, words  # the data folder is locked
        other = server.folder / "other.yaml"
        other.write_text(server.config.read_text().replace(f"{server.folder}/data", f"{server.folder}/other"))
        code, words = await refused("serve", "--config", str(other))
        assert code == 1 and str(server.port) in words and "taken" in words, words
        other.write_text("domain: localhost\nlissten: []\n")
        code, words = await refused("serve", "--config", str(other))
        assert code == 2 and "lissten" in words and "listen" in words and ":2" in words, words
        broken = server.folder / "broken"
        broken.mkdir()
        for name in ("parlance.sqlite",):
            (broken / name).write_bytes(b"this is not a database, and was never one" * 100)
        code, words = await refused("serve", "--data", str(broken))
        assert code == 1 and "damaged" in words, words
