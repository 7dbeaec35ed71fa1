"""slixmpp with its MIX plugins: channels, joined through the account."""
from xml.etree import ElementTree

from slixmpp import JID

from newclient import NewClient

CHANNEL = JID("heath@mix.localhost")
SERVICE = JID("mix.localhost")
NODES = {f"urn:xmpp:mix:nodes:{node}" for node in ("messages", "participants", "info", "presence")}


def changed_items(message):
    """The items of a notification. The library walks over its own stanza while it tells of it, so that is left alone."""
    return list(message.xml.find("{*}event/{*}items"))


class MixClient(NewClient):
    def __init__(self, server, jid, resource="mix"):
        super().__init__(server, jid, resource)
        for plugin in ("xep_0060", "xep_0115", "xep_0369", "xep_0403", "xep_0404", "xep_0405"):
            self.register_plugin(plugin)
        self.words, self.people, self.seen = [], {}, {}
        self.add_event_handler("mix_message", self._word)
        self.add_event_handler("mix_participant_info_publish", self._participant)
        self.add_event_handler("mix_participant_info_retract", self._gone)
        self.add_event_handler("presence_available", self._seen)
        self.add_event_handler("presence_unavailable", self._seen)

    def _word(self, message):
        self.words.append((message["mix"]["nick"], message["body"], message["id"]))
        self.changed.set()

    def _participant(self, message):
        for item in changed_items(message):
            self.people[item.get("id")] = item.findtext(".//{*}nick")
        self.changed.set()

    def _gone(self, message):
        for item in changed_items(message):
            self.people.pop(item.get("id"), None)
        self.changed.set()

    def _seen(self, presence):
        if "#" in presence["from"].bare:
            self.seen[presence["from"].bare.split("#")[0]] = presence["type"] != "unavailable"
        self.changed.set()

    # channels

    async def offers_channels(self):
        return await self["xep_0405"].check_server_capability() and await self["xep_0369"].can_create_channel(SERVICE)

    async def create(self, name=CHANNEL.user):
        return await self["xep_0369"].create_channel(SERVICE, name)

    async def join(self, nick, nodes=NODES):
        """Joins through the account; returns the nodes that were not granted."""
        return await self["xep_0405"].join_channel(CHANNEL, nick, subscribe=set(nodes))

    async def channels(self):
        """The channels on the roster, with the id this one has in each."""
        _, channels = await self["xep_0405"].get_mix_roster()
        return {str(item["jid"]): item["channel"]["participant-id"] for item in channels}

    async def participants(self):
        return {nick for _, nick, _ in await self["xep_0369"].list_participants(CHANNEL)}

    async def rename(self, nick):
        return await self["xep_0369"].set_nick(CHANNEL, nick)

    async def leave(self):
        await self["xep_0405"].leave_channel(CHANNEL)

    async def destroy(self):
        # the plugin's own call leaves the request empty
        request = self.make_iq_set(ito=SERVICE)
        ElementTree.SubElement(request.xml, "{urn:xmpp:mix:core:1}destroy", channel=CHANNEL.user)
        await request.send()

    async def word(self, body):
        """Waits for these words; returns who said them, and their id."""
        nick, _, number = await self.until(lambda: next((one for one in self.words if one[1] == body), None))
        return nick, number

    async def missed(self, after):
        """What was said in the channel after the message with this id, page by page."""
        found = []
        async for result in self["xep_0313"].retrieve(
                jid=CHANNEL, iterator=True, rsm={"max": 5, "after": after}, reverse=False):
            for message in result["mam"]["results"]:
                inner = message["mam_result"]["forwarded"]["stanza"]
                found.append((inner["mix"]["nick"], inner["body"], inner["id"]))
        return found
