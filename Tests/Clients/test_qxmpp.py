"""Channels as QXmpp 1.4 knows them: made, joined through the account, spoken in, caught up with, left."""
from xml.etree import ElementTree

from mixclient import CHANNEL, NODES, MixClient
from qxmppclient import QXmppClient
from server import Server
from slixmpp.exceptions import IqError
from tunnel import Tunnel

MISSED = [f"line {number}" for number in range(12)]
PRESENCE = "urn:xmpp:mix:nodes:presence"
INFO = {"name": "The heath", "description": "Where the place", "contacts": ["ada@localhost", "crone@localhost"]}


async def test_a_channel_from_its_making_to_its_end():
    async with Server() as server:
        ada, bo = [await server.account(name) for name in ("ada", "bo")]
        owner, guest = await QXmppClient(server, ada).log_in(), await MixClient(server, bo).log_in()
        assert await owner.offers_channels()
        assert await owner.create() == CHANNEL.user
        address, refused = await owner.join("ada")
        own, _, channel = address.partition("#")
        assert (channel, refused) == (CHANNEL.bare, set())
        assert owner.channels() == {CHANNEL.bare: own}, "the roster was told before the answer came"
        await guest.join("bo")
        other = (await guest.channels())[CHANNEL.bare]
        await owner.until(lambda: other in owner.people)
        assert await owner.participants() == {own: {"nick": "ada", "jid": ""}, other: {"nick": "bo", "jid": ""}}

        for speaker, key, nick, jid in ((owner, own, "ada", ada), (guest, other, "bo", bo)):
            await talk(owner, guest, speaker, key, nick, jid)
        assert await owner.rename("ada the first") == "ada the first"
        await guest.until(lambda: guest.people.get(own) == "ada the first")
        await guest.rename("bodhi")
        await owner.until(lambda: owner.people[other]["nick"] == "bodhi")
        await talk(owner, guest, owner, own, "ada the first", ada)
        try:
            await owner.rename("bodhi")
            raise AssertionError("a nick was given twice")
        except PermissionError as refusal:
            assert str(refusal) == "conflict", refusal

        await owner.leave()
        assert owner.channels() == {}
        await guest.until(lambda: own not in guest.people)
        await owner.destroy()
        await guest.until(lambda: not guest.people)
        assert await guest.channels() == {}
        for client in (owner, guest):
            await client.log_out()


async def talk(owner, guest, speaker, key, nick, jid):
    """Both hear it, under the same id; the owner may see whose words they are."""
    words = f"so says {nick}"
    if speaker is owner:
        owner.say(words)
    else:
        guest.say(words, room=CHANNEL)
    heard = await owner.word(words)
    assert await guest.word(words) == (nick, heard["id"])
    assert heard["groupchat"] and heard["stanza id"] == heard["id"], heard
    assert (heard["from"], heard["nick"], heard["jid"]) == (f"{CHANNEL.bare}/{key}", nick, jid), heard


async def test_whoever_was_away_catches_up():
    await away(line_breaks=False)


async def test_whose_line_broke_catches_up():
    await away(line_breaks=True)


async def away(line_breaks):
    """QXmpp 1.4 does not keep the name of its session, so that it asks in vain to take it up and begins another."""
    async with Server() as server, Tunnel(server) as line:
        owner, guest, key = await together(server, line)
        owner.say("before", room=CHANNEL)
        last = (await guest.word("before"))["id"]
        if line_breaks:
            line.cut()
            await guest.lost()
        else:
            await guest.disconnect()
            await owner.until(lambda: not owner.seen[key])
        said = [await say(owner, words) for words in MISSED]
        line.mend()
        await guest.connect()
        assert guest.resumed == 0 and guest.channels() == {CHANNEL.bare: key}
        found, pages = await guest.missed(last, page=5)
        assert [(one["nick"], one["body"], one["id"]) for one in found] == said, found
        assert pages == 3
        said.append(await say(owner, "and now"))
        assert (await guest.word("and now"))["id"] == said[-1][2]
        assert [one["body"] for one in guest.messages] == ["before", "and now"], guest.messages
        assert await guest.missed(said[-1][2]) == ([], 1)
        assert not any(one["jid"] for one in guest.messages + found), "a guest was shown an address"
        for client in (owner, guest):
            await client.log_out()


async def together(server, line):
    """An owner on slixmpp and a guest on QXmpp, over this line; and the id of the guest."""
    ada, bo = [await server.account(name) for name in ("ada", "bo")]
    owner, guest = await MixClient(server, ada).log_in(), await QXmppClient(line, bo).log_in()
    await owner.create()
    await owner.join("ada")
    address, _ = await guest.join("bo")
    key = address.split("#")[0]
    await owner.until(lambda: owner.seen.get(key))
    return owner, guest, key


async def say(speaker, words):
    speaker.say(words, room=CHANNEL)
    nick, number = await speaker.word(words)
    return nick, words, number


async def test_what_a_channel_tells_of_itself_and_of_who_is_there():
    async with Server() as server:
        ada, bo = [await server.account(name) for name in ("ada", "bo")]
        owner, guest = await MixClient(server, ada).log_in(), await QXmppClient(server, bo).log_in()
        await owner.create()
        await publish(owner, "config", "urn:xmpp:mix:admin:0", {"JID Visibility": ["jid-mandatory-visible"]})
        await owner.join("ada")
        other = (await owner.channels())[CHANNEL.bare]
        address, _ = await guest.join("bo", NODES - {PRESENCE})
        own = address.split("#")[0]

        # items come as news, and are there to be asked for
        await guest.until(lambda: own in guest.people)
        assert guest.people[own] == {"nick": "bo", "jid": bo}
        assert await guest.participants() == {own: guest.people[own], other: {"nick": "ada", "jid": ada}}
        await say(owner, "well met")
        assert (await guest.word("well met"))["jid"] == ada
        await publish(owner, "info", "urn:xmpp:mix:core:1", {
            "Name": [INFO["name"]], "Description": [INFO["description"]], "Contact": INFO["contacts"]})
        await guest.until(lambda: guest.infos)
        assert guest.infos == [INFO], guest.infos
        assert [item["info"] for item in (await guest.node("info")).values()] == [INFO]

        # who is there it sees once it wants to
        there = f"{other}#{CHANNEL.bare}/"
        assert not [one for one in guest.presences if CHANNEL.bare in one], guest.presences
        assert await guest.subscribe(PRESENCE) == [PRESENCE]
        seen = await guest.until(lambda: next((one for one in guest.presences if one.startswith(there)), None))
        assert guest.presences[seen]["available"]
        await owner.log_out()
        await guest.until(lambda: not guest.presences[seen]["available"])
        await guest.log_out()


async def test_an_invitation_goes_from_hand_to_hand():
    async with Server() as server:
        ada, bo, crone = [await server.account(name) for name in ("ada", "bo", "crone")]
        owner, friend = await MixClient(server, ada).log_in(), await QXmppClient(server, bo).log_in()
        guest = await MixClient(server, crone).log_in()
        await owner.create()
        await request(owner, "set", PUBSUB.format("<create node='urn:xmpp:mix:nodes:allowed'/>"))
        try:
            await guest.join("crone")
            raise AssertionError("somebody came in without an invitation")
        except IqError as error:
            assert error.condition == "forbidden", error.condition
        answer = await request(owner, "get", f"<invite xmlns='urn:xmpp:mix:misc:0'><invitee>{crone}</invitee></invite>")
        letter = owner.make_message(bo, "give this to the crone", mtype="chat")
        letter.append(answer.find("{*}invite/{*}invitation"))
        letter.send()
        invitation = (await friend.word("give this to the crone"))["invitation"]
        assert invitation["token"] and invitation == {
            "inviter": ada, "invitee": crone, "channel": CHANNEL.bare, "token": invitation["token"]}
        friend.tell(crone, "this is for you", invitation=invitation)
        brought = (await guest.hear("this is for you")).xml.find("{*}invitation")
        joining = ElementTree.fromstring(
            f"<client-join xmlns='urn:xmpp:mix:pam:2' channel='{CHANNEL}'><join xmlns='urn:xmpp:mix:core:1'>"
            "<subscribe node='urn:xmpp:mix:nodes:messages'/><nick>crone</nick></join></client-join>")
        joining.find("{*}join").append(brought)
        await request(guest, "set", joining, to=crone)
        assert CHANNEL.bare in await guest.channels()
        for client in (owner, friend, guest):
            await client.log_out()


# what slixmpp has no calls for

PUBSUB = "<pubsub xmlns='http://jabber.org/protocol/pubsub'>{}</pubsub>"


async def request(client, kind, payload, to=CHANNEL):
    iq = client.make_iq_set(ito=to) if kind == "set" else client.make_iq_get(ito=to)
    iq.append(payload if ElementTree.iselement(payload) else ElementTree.fromstring(payload))
    return (await iq.send()).xml


async def publish(client, node, form, fields):
    fields = "".join(f"<field var='{name}'>" + "".join(f"<value>{value}</value>" for value in values) + "</field>"
                     for name, values in {"FORM_TYPE": [form], **fields}.items())
    await request(client, "set", PUBSUB.format(
        f"<publish node='urn:xmpp:mix:nodes:{node}'><item><x xmlns='jabber:x:data' type='submit'>{fields}</x></item>"
        "</publish>"))
