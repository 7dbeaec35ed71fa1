"""The archive of a room, read page by page by two libraries: all of it, in order, each message once."""
from aioclient import AioClient
from newclient import ROOM, NewClient
from server import Server

SAID = [f"line {number}" for number in range(25)]


async def test_a_room_is_paged_through():
    async with Server() as server:
        ada, bo = [await server.account(name) for name in ("ada", "bo")]
        owner, guest = await NewClient(server, ada).log_in(), await AioClient(server, bo).log_in()
        await owner.enter("ada")
        await owner.open_room()
        await guest.enter("bo")
        for number, words in enumerate(SAID):
            (owner, guest)[number % 2].say(words)
            await owner.hears(words)
        for reader in (owner, guest):
            found, pages = await reader.archive(ROOM, page=10)
            assert found == [(f"{ROOM}/{('ada', 'bo')[n % 2]}", words) for n, words in enumerate(SAID)], found
            assert pages == 3, pages
        for client in (owner, guest):
            await client.log_out()
