"""Two people, two libraries: each sees when the other is there, and finds in the morning what was said at night."""
from aioclient import AioClient
from newclient import NewClient
from server import Server


async def test_aioxmpp_asks():
    await getting_to_know(AioClient, NewClient)


async def test_slixmpp_asks():
    await getting_to_know(NewClient, AioClient)


async def getting_to_know(Asker, Asked):
    async with Server() as server:
        ada, bo = [await server.account(name) for name in ("ada", "bo")]
        asker, asked = await Asker(server, ada).log_in(), await Asked(server, bo).log_in()
        await asker.ask(bo)
        assert await asked.asked() == ada
        await asked.accept(ada)
        await asker.until_subscribed(bo, "to")
        await asked.until_subscribed(ada, "from")
        await asker.until_seen(bo)
        await asked.ask(ada)
        assert await asker.asked() == bo
        await asker.accept(bo)
        for client, other in ((asker, bo), (asked, ada)):
            await client.until_subscribed(other, "both")
            await client.until_seen(other)
        asker.tell(bo, "good evening")
        assert (await asked.hears("good evening")).startswith(ada)
        await asker.log_out()
        await asked.until_seen(ada, there=False)
        asked.tell(ada, "sleep well")
        asked.tell(ada, "and dream of toads")
        again = await Asker(server, ada, "morning").log_in()
        assert (await again.hears("sleep well")).startswith(bo)
        await again.hears("and dream of toads")
        await again.until_subscribed(bo, "both")
        await again.until_seen(bo)
        await asked.until_seen(ada)
        for client in (again, asked):
            await client.log_out()
