"""Two clients of today and one of 1999 in one room, and a power cut right after a message was seen."""
from newclient import ROOM, NewClient
from oldclient import OldClient, body, delayed
from server import Server

OCCUPANT = "{urn:xmpp:occupant-id:0}occupant-id"


def occupant_id(stanza):
    return stanza.xml.find(OCCUPANT).get("id")


async def test_conversation_survives_sigkill():
    async with Server() as server:
        ada, bo, crone = [await server.account(name) for name in ("ada", "bo", "crone")]
        first = await NewClient(server, ada).log_in()
        await first.enter("ada")
        await first.open_room(roomname="The coven", changesubject=True)
        second = await NewClient(server, bo).log_in()
        await second.enter("bo")
        third = await OldClient(server, crone).connect()
        third.send(f"<presence to='{ROOM}/crone'/>")
        await third.until(lambda e: e.tag.endswith("presence") and e.get("from") == f"{ROOM}/crone")

        second.say("good evening")
        for client in (first, second):
            ids = {"bo": occupant_id(await client.hear("good evening"))}
        await third.until(lambda e: body(e) == "good evening" and e.get("from") == f"{ROOM}/bo")
        third.send(f"<message to='{ROOM}' type='groupchat' id='old1'><body>when shall we meet again</body></message>")
        ids["crone"] = occupant_id(await first.hear("when shall we meet again"))
        await first["xep_0045"].set_affiliation(ROOM, affiliation="member", jid=bo)
        first["xep_0045"].set_subject(ROOM, "Toads")
        second.say("in thunder, lightning")
        await second.hear("in thunder, lightning")
        await server.restart()  # the moment it was seen

        again = await NewClient(server, bo, "again").log_in()
        past = await again.enter("bo", maxstanzas=20)
        said = [message["body"] for message in past]
        assert said == ["good evening", "when shall we meet again", "in thunder, lightning"], said
        assert again.subject["subject"] == "Toads", again.subject
        assert [occupant_id(past[0]), occupant_id(past[1])] == [ids["bo"], ids["crone"]], "P changed"
        again.say("back again")
        assert occupant_id(await again.hear("back again")) == ids["bo"], "P changed"
        owner = await NewClient(server, ada, "again").log_in()
        await owner.enter("ada")
        members = await owner["xep_0045"].get_affiliation_list(ROOM, "member")
        assert bo in [str(jid) for jid in members], members
        form = await owner["xep_0045"].get_room_config(ROOM)
        assert form.get_values()["muc#roomconfig_roomname"] == "The coven"

        old = await OldClient(server, crone, "older").connect()
        old.send(f"<presence to='{ROOM}/crone'/>")
        seen = await old.until(lambda e: body(e) == "in thunder, lightning")
        assert delayed(seen)
        old.send(f"<presence to='{ROOM}/crone' type='unavailable'/>")
        await old.until(lambda e: e.get("type") == "unavailable" and e.get("from") == f"{ROOM}/crone")
        why = await server.command("room", "why", "coven", crone)
        assert why.count("entered as crone") == 2, why
        assert "crone@localhost/old left: the server stopped without warning" in why, why
        assert "crone@localhost/older (groupchat) left" in why, why
        for client in (again, owner):
            await client.log_out()
        assert await server.stop() == 0


async def test_starttls_and_direct_tls():
    async with Server() as server:
        ada = await server.account("ada")
        for direct in (True, False):
            client = await OldClient(server, ada, "tls").connect(direct=direct)
            assert client.writer.get_extra_info("ssl_object").version() in ("TLSv1.2", "TLSv1.3")
            client.send("<iq type='get' id='1' to='localhost'><ping xmlns='urn:xmpp:ping'/></iq>")
            assert (await client.receive()).get("type") == "result"
            client.close()
