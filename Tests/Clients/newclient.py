"""slixmpp, a client library of today, as a person would use it: TLS, a room, words."""
import asyncio
import contextlib

import slixmpp
from slixmpp.exceptions import IqError, PresenceError

from oldclient import trusting

ROOM = "coven@conference.localhost"
WAIT_SECONDS = 20


class Watching:
    """What a client has been told, and how to wait for more of it."""

    def __init__(self):
        self.heard, self.errors, self.changed = [], [], asyncio.Event()

    async def until(self, seen):
        """Waits until `seen()` is true; it is looked at whenever something came."""
        async with asyncio.timeout(WAIT_SECONDS):
            while not (result := seen()):
                self.changed.clear()
                await self.changed.wait()
        return result

    async def hears(self, text):
        """Waits for these words, and forgets what was said before; returns who said them."""
        place = await self.until(lambda: [n for n, (_, words) in enumerate(self.heard, 1) if words == text])
        who = self.heard[place[0] - 1][0]
        del self.heard[:place[0]]
        return who

    async def refused(self):
        """Waits for the answer to words that were not taken; returns its condition."""
        await self.until(lambda: self.errors)
        return self.errors.pop(0)


class NewClient(slixmpp.ClientXMPP, Watching):
    def __init__(self, server, jid, resource="new"):
        slixmpp.ClientXMPP.__init__(self, f"{jid}/{resource}", server.passwords[jid])
        Watching.__init__(self)
        self.home = server
        self.ssl_context = trusting()
        for plugin in ("xep_0004", "xep_0030", "xep_0045", "xep_0198", "xep_0199", "xep_0313"):
            self.register_plugin(plugin)
        self.auto_authorize = self.auto_subscribe = None  # the tests answer for themselves
        self.presences, self.messages, self.subjects, self.asking = [], [], {}, []
        self.resumed, self.sessions, self.leaving = 0, 0, False
        self.add_event_handler("message", self._message)
        self.add_event_handler("message_error", self._message)
        self.add_event_handler("groupchat_subject", self._subject)
        self.add_event_handler("presence_subscribe", self._asked)
        for event in ("got_online", "got_offline", "roster_update"):
            self.add_event_handler(event, self._changed)
        self.add_event_handler("session_start", self._started)
        self.add_event_handler("session_resumed", self._resumed)
        self.add_event_handler("disconnected", self._lost)

    def _message(self, message):
        if message["type"] == "error":
            self.errors.append(message["error"]["condition"])
        elif message["body"]:
            self.messages.append(message)
            self.heard.append((str(message["from"]), message["body"]))
        self.changed.set()

    def _asked(self, presence):
        self.asking.append(presence["from"].bare)
        self.changed.set()

    def _started(self, _):
        self.sessions += 1
        self.changed.set()
        if self.sessions > 1:
            self.send_presence()

    def _changed(self, _):
        self.changed.set()

    def _resumed(self, _):
        self.resumed += 1
        self.changed.set()

    def _lost(self, _):
        if not self.leaving:
            self.connect("127.0.0.1", self.home.port)

    def _presence(self, presence):
        self.presences.append(presence)
        self.changed.set()

    def _subject(self, message):
        self.subjects[message["from"].bare] = message["subject"]
        self.changed.set()

    async def log_in(self):
        started = asyncio.get_running_loop().create_future()
        self.add_event_handler("session_start", lambda _: started.done() or started.set_result(None))
        self.add_event_handler("failed_all_auth", lambda _: started.done() or started.set_exception(
            AssertionError("login refused")))
        self.connect("127.0.0.1", self.home.port)
        await asyncio.wait_for(started, WAIT_SECONDS)
        self.send_presence()
        await self.get_roster()
        return self

    async def log_out(self):
        self.leaving = True
        await self.disconnect(wait=1)

    # rooms

    async def enter(self, nick, room=ROOM, **history):
        """Enters a room and returns what was said before."""
        event = f"muc::{room}::presence"
        if not self.event_handled(event):
            self.add_event_handler(event, self._presence)
        _, self.subject, _, past = await self["xep_0045"].join_muc_wait(room, nick, timeout=WAIT_SECONDS, **history)
        return past

    async def enter_again(self, nick, room=ROOM):
        """As a program would that has lost its stream: it asks for what it may have missed."""
        await self.until(lambda: self.sessions > 1 or self.resumed)
        if not self.resumed:
            await self.enter(nick, room, maxstanzas=20)

    async def turned_away(self, nick, room=ROOM):
        """Tries to enter, and returns why it may not."""
        try:
            await self.enter(nick, room)
        except PresenceError as error:
            return error.condition

    async def put_out(self, room=ROOM):
        """Waits until it is put out of the room; returns the status codes."""
        def gone():
            return [one for one in self.presences if one["type"] == "unavailable" and one["from"].bare == room
                    and 110 in one["muc"]["status_codes"]]
        codes = set((await self.until(gone))[0]["muc"]["status_codes"])
        self.presences.clear()
        return codes

    async def open_room(self, room=ROOM, **settings):
        """Accepts the configuration of a new room, with these settings changed."""
        form = await self["xep_0045"].get_room_config(room)
        for name, value in settings.items():
            form.set_values({f"muc#roomconfig_{name}": value})
        await self["xep_0045"].set_room_config(room, form)

    def say(self, text, room=ROOM):
        self.send_message(room, text, mtype="groupchat")

    async def hear(self, text):
        """Waits for these words; returns the message."""
        await self.until(lambda: any(one["body"] == text for one in self.messages))
        return next(one for one in self.messages if one["body"] == text)

    async def role(self, nick, role, room=ROOM):
        with refusals():
            await self["xep_0045"].set_role(room, nick, role)

    async def affiliate(self, jid, affiliation, room=ROOM):
        with refusals():
            await self["xep_0045"].set_affiliation(room, affiliation, jid=jid)

    async def affiliated(self, affiliation, room=ROOM):
        return [str(jid) for jid in await self["xep_0045"].get_affiliation_list(room, affiliation)]

    async def until_role(self, nick, role, room=ROOM):
        rooms = self["xep_0045"]
        await self.until(lambda: rooms.get_jid_property(room, nick, "role") == role)

    async def set_subject(self, text, room=ROOM):
        self["xep_0045"].set_subject(room, text)

    async def until_subject(self, text, room=ROOM):
        await self.until(lambda: self.subjects.get(room) == text)

    # contacts

    async def asked(self):
        """Waits until somebody wants to see when this one is there; returns who."""
        await self.until(lambda: self.asking)
        return self.asking.pop(0)

    async def accept(self, jid):
        self.send_presence_subscription(jid, ptype="subscribed")

    async def ask(self, jid):
        self.send_presence_subscription(jid, ptype="subscribe")

    async def until_subscribed(self, jid, state):
        await self.until(lambda: jid in self.client_roster and self.client_roster[jid]["subscription"] == state)

    async def until_seen(self, jid, there=True):
        await self.until(lambda: bool(self.client_roster.presence(jid)) == there)

    def tell(self, jid, text):
        self.send_message(jid, text, mtype="chat")

    # archives

    async def archive(self, where=None, page=10):
        """Reads a whole archive, page by page; returns who said what, and how many pages it took."""
        found, pages = [], 0
        async for result in self["xep_0313"].retrieve(jid=where, iterator=True, rsm={"max": page}):
            pages += 1
            for message in result["mam"]["results"]:
                inner = message["mam_result"]["forwarded"]["stanza"]
                found.append((str(inner["from"]), inner["body"]))
        return found, pages


@contextlib.contextmanager
def refusals():
    try:
        yield
    except IqError as error:
        raise PermissionError(error.condition) from error
