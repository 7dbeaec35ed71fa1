"""Twenty power cuts under load: nothing that anybody was shown is ever lost, doubled or put in another order."""
import asyncio
import random
import re

from oldclient import OldClient, body
from server import Server

ROOM = "storm@conference.localhost"
CUTS = 20
SPEAKERS = 3


async def test_nothing_told_is_lost_over_twenty_sigkills():
    chance = random.Random(20261121)
    told, order = [], []
    async with Server() as server:
        accounts = [await server.account(f"speaker{number}") for number in range(SPEAKERS)]
        owner = await OldClient(server, accounts[0]).connect()
        owner.send(f"<presence to='{ROOM}/speaker0'/>")
        await owner.until(lambda e: e.get("from") == f"{ROOM}/speaker0")
        owner.close()
        for cut in range(CUTS):
            seen = await storm(server, accounts, cut, chance.uniform(0.05, 0.6))
            told += seen
            order.append(seen)
            await server.restart()
        stored = [said for _, _, blob in server.journal() for said in re.findall(rb"word-\d+-\d+-\d+", blob)]
        stored = [word.decode() for word in stored]
    assert len(told) > CUTS, f"only {len(told)} messages were shown: the storm was no storm"
    assert len(stored) == len(set(stored)), "a message is stored twice"
    missing = set(told) - set(stored)
    assert not missing, f"{len(missing)} of {len(told)} shown messages are lost, for example {sorted(missing)[:3]}"
    place = {word: index for index, word in enumerate(stored)}
    for seen in order:
        places = [place[word] for word in seen]
        assert places == sorted(places), "what was shown and what is stored differ in order"


async def storm(server, accounts, cut, seconds):
    """All speak as fast as they can until the power is cut; returns what one of them was shown, in order."""
    clients = [await OldClient(server, jid, f"r{cut}").connect() for jid in accounts]
    for number, client in enumerate(clients):
        client.send(f"<presence to='{ROOM}/speaker{number}'/>")
        await client.until(lambda e, own=f"{ROOM}/speaker{number}": e.get("from") == own)
    shown = [[] for _ in clients]

    async def listen(client, heard):
        try:
            while True:
                words = body(await client.receive()) or ""
                if words.startswith(f"word-{cut}-"):
                    heard.append(words)
        except (ConnectionError, OSError):
            pass

    async def speak(client, number):
        count = 0
        while True:
            count += 1
            client.send(f"<message to='{ROOM}' type='groupchat' id='w{count}'>"
                        f"<body>word-{cut}-{number}-{count}</body></message>")
            await client.writer.drain()
            await asyncio.sleep(0.001)

    listeners = [asyncio.ensure_future(listen(client, heard)) for client, heard in zip(clients, shown)]
    speakers = [asyncio.ensure_future(speak(client, number)) for number, client in enumerate(clients)]
    await asyncio.sleep(seconds)
    server.kill()
    await asyncio.wait(listeners, timeout=10)
    for task in speakers + listeners:
        task.cancel()
    await asyncio.gather(*speakers, *listeners, return_exceptions=True)
    for client in clients:
        client.close()
    longest = max(shown, key=len)
    for heard in shown:
        assert heard == longest[:len(heard)], "two readers were shown another order"
    return longest
