"""A line that breaks, and a server: whoever comes back has missed nothing, and hears nothing twice."""
from aioclient import AioClient
from newclient import ROOM, NewClient
from server import Server
from tunnel import Tunnel

MISSED = ["one", "two", "three"]


async def test_aioxmpp_resumes():
    await away(AioClient, power_cut=False)


async def test_slixmpp_resumes():
    await away(NewClient, power_cut=False)


async def test_aioxmpp_comes_back_after_a_power_cut():
    await away(AioClient, power_cut=True)


async def test_slixmpp_comes_back_after_a_power_cut():
    await away(NewClient, power_cut=True)


async def away(Traveller, power_cut):
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
        if power_cut:
            owner.leaving = True
            await server.restart()
            owner = await NewClient(server, ada).log_in()
            await owner.enter("ada", maxstanzas=0)
        owner.tell(bo, "psst")
        for words in MISSED:
            owner.say(words)
            await owner.hears(words)
        line.mend()
        await traveller.enter_again("bo")
        await traveller.until(lambda: any(words == MISSED[-1] for _, words in traveller.heard))
        await traveller.until(lambda: any(words == "psst" for _, words in traveller.heard))
        traveller.say("back again")
        for client in (owner, traveller):
            await client.until(lambda: any(words == "back again" for _, words in client.heard))
        heard = [words for _, words in traveller.heard if words != "see you"]
        assert [words for words in heard if words != "psst"] == [*MISSED, "back again"], heard
        assert heard.count("psst") == 1, heard
        assert traveller.resumed == (0 if power_cut else 1)
        left = [one for one in owner.presences if one["type"] == "unavailable"]
        assert not left, f"the room saw {left}"
        for client in (owner, traveller):
            await client.log_out()
