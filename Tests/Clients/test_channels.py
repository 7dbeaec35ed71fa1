"""A channel as slixmpp's MIX plugins use it: made, joined through the account, spoken in, caught up with, left."""
from mixclient import CHANNEL, NODES, MixClient
from newclient import NewClient
from server import Server
from slixmpp.exceptions import IqError

MISSED = [f"line {number}" for number in range(12)]


async def test_a_channel_from_its_making_to_its_end():
    async with Server() as server:
        ada, bo = [await server.account(name) for name in ("ada", "bo")]
        owner, guest = await MixClient(server, ada).log_in(), await MixClient(server, bo).log_in()
        assert await owner.offers_channels()
        assert await owner.create() == CHANNEL.user
        assert await owner.join("ada") == set()
        assert await guest.join("bo") == set()
        assert CHANNEL.bare in await guest.channels()
        assert await guest.participants() == {"ada", "bo"}
        await owner.until(lambda: "bo" in owner.people.values())
        await owner.until(lambda: len(owner.seen) == 2 and all(owner.seen.values()))

        guest.say("well met", room=CHANNEL)
        assert (await owner.word("well met"))[0] == "bo"
        _, last = await guest.word("well met")
        assert await guest.rename("bodhi") == "bodhi"
        await owner.until(lambda: "bodhi" in owner.people.values() and "bo" not in owner.people.values())

        # whoever was away catches up, each message once and in order, with the ids they had
        await guest.log_out()
        await owner.until(lambda: not all(owner.seen.values()))
        for words in MISSED:
            owner.say(words, room=CHANNEL)
            await owner.word(words)
        again = await MixClient(server, bo, "again").log_in()
        found = await again.missed(last)
        assert [(nick, body) for nick, body, _ in found] == [("ada", words) for words in MISSED], found
        assert [number for _, _, number in found] == [(await owner.word(words))[1] for words in MISSED]
        owner.say("and now", room=CHANNEL)
        await again.word("and now")

        await again.leave()
        await owner.until(lambda: "bodhi" not in owner.people.values())
        assert await again.channels() == {}
        await owner.destroy()
        await owner.until(lambda: not owner.people)
        assert await owner.channels() == {}
        for client in (owner, again):
            await client.log_out()


async def test_rooms_and_channels_are_one():
    async with Server() as server:
        ada, bo = [await server.account(name) for name in ("ada", "bo")]
        owner, visitor = await MixClient(server, ada).log_in(), await NewClient(server, bo).log_in()
        await owner.create()
        await owner.join("ada")
        room = "heath@conference.localhost"
        await visitor.enter("bo", room)
        await owner.until(lambda: "bo" in owner.people.values())
        visitor.say("from the room", room)
        assert (await owner.word("from the room"))[0] == "bo"
        owner.say("from the channel", room=CHANNEL)
        assert await visitor.hears("from the channel") == f"{room}/ada"
        assert await owner.rename("ada the first") == "ada the first"
        owner.say("by another name", room=CHANNEL)
        assert await visitor.hears("by another name") == f"{room}/ada the first"
        try:
            await owner.rename("bo")
            raise AssertionError("a nick was given twice")
        except IqError as error:
            assert error.condition == "conflict", error.condition
        for client in (owner, visitor):
            await client.log_out()


async def test_channels_outlive_the_server():
    async with Server() as server:
        ada = await server.account("ada")
        owner = await MixClient(server, ada).log_in()
        await owner.create()
        await owner.join("ada")
        owner.say("before", room=CHANNEL)
        await owner.word("before")
        await owner.log_out()
        server.kill()
        await server.process.wait()
        await server.start()
        again = await MixClient(server, ada, "again").log_in()
        assert CHANNEL.bare in await again.channels()
        assert await again.participants() == {"ada"}
        again.say("after", room=CHANNEL)
        assert (await again.word("after"))[0] == "ada"
        assert await again["xep_0369"].update_subscription(CHANNEL, unsubscribe={NODES.copy().pop()}) is not None
        await again.log_out()
