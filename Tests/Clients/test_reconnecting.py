"""A line that breaks: whoever comes back has missed nothing, and hears nothing twice."""
from aioclient import AioClient
from newclient import ROOM, NewClient
from server import Server
from tunnel import Tunnel

MISSED = ["one", "two", "three"]


async def test_aioxmpp_comes_back():
    await under_the_ground(AioClient)


async def test_slixmpp_comes_back():
    await under_the_ground(NewClient)


async def under_the_ground(Traveller):
    async with Server() as server, Tunnel(server) as line:
        ada, bo = [await server.account(name) for name in ("ada", "bo")]
        owner, traveller = await NewClient(server, ada).log_in(), await Traveller(line, bo).log_in()
        await owner.enter("ada")
        await owner.open_room()
        await traveller.enter("bo")
        traveller.say("see you")
        await owner.hears("see you")
        await traveller.hears("see you")
        line.cut()
        for words in MISSED:
            owner.say(words)
            await owner.hears(words)
        line.mend()
        await traveller.enter_again("bo")
        await traveller.until(lambda: traveller.heard and traveller.heard[-1][1] == MISSED[-1])
        missed = [words for _, words in traveller.heard if words != "see you"]
        assert missed == MISSED, traveller.heard
        traveller.say("back again")
        assert await owner.hears("back again") == f"{ROOM}/bo"
        for client in (owner, traveller):
            await client.log_out()
