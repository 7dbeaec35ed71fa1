"""An evening in a room, with two libraries of different making: each of them once the owner, once the guest."""
from aioclient import AioClient
from newclient import ROOM, NewClient
from server import Server


async def test_aioxmpp_keeps_a_room():
    await evening(AioClient, NewClient)


async def test_slixmpp_keeps_a_room():
    await evening(NewClient, AioClient)


async def evening(Owner, Guest):
    async with Server() as server:
        ada, bo, crone = [await server.account(name) for name in ("ada", "bo", "crone")]
        owner, guest = await Owner(server, ada).log_in(), await Guest(server, bo).log_in()
        await owner.enter("ada")
        await owner.open_room(roomname="The coven", moderatedroom=True)
        await guest.enter("bo")
        await voice(owner, guest)
        await putting_out(owner, guest, bo)
        await lists(owner, guest, ada, bo, crone)
        for client in (owner, guest):
            await client.log_out()
        assert await server.stop() == 0


async def voice(owner, guest):
    guest.say("may I?")
    assert await guest.refused() == "forbidden"
    await owner.role("bo", "participant")
    await guest.until_role("bo", "participant")
    for speaker, nick, words in ((guest, "bo", "thank you"), (owner, "ada", "you are welcome")):
        speaker.say(words)
        for client in (owner, guest):
            assert await client.hears(words) == f"{ROOM}/{nick}"
    await owner.role("bo", "visitor")
    await guest.until_role("bo", "visitor")
    guest.say("and now?")
    assert await guest.refused() == "forbidden"


async def putting_out(owner, guest, bo):
    await owner.role("bo", "none")
    assert 307 in await guest.put_out()
    await guest.enter("bo")
    await owner.affiliate(bo, "outcast")
    assert 301 in await guest.put_out()
    assert await owner.affiliated("outcast") == [bo]
    assert await guest.turned_away("bo") == "forbidden"
    await owner.affiliate(bo, "none")
    assert await owner.affiliated("outcast") == []


async def lists(owner, guest, ada, bo, crone):
    await owner.affiliate(bo, "admin")
    await guest.enter("bo")
    await guest.until_role("bo", "moderator")
    await guest.affiliate(crone, "member")
    assert await owner.affiliated("member") == [crone]
    assert await owner.affiliated("admin") == [bo]
    try:
        await guest.affiliate(ada, "outcast")
    except PermissionError as refusal:
        assert str(refusal) == "not-allowed"
    else:
        raise AssertionError("an admin banned the owner")
    assert await owner.affiliated("owner") == [ada]
    await guest.set_subject("Toads")
    await owner.until_subject("Toads")
