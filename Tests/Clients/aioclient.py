"""aioxmpp, a client library of another making, with the same verbs as newclient.py."""
import asyncio
import contextlib
import logging

import aioxmpp
import aioxmpp.connector
import aioxmpp.muc
from aioxmpp.rsm.xso import After, ResultSetMetadata
from aioxmpp.muc.xso import ConfigurationForm

from newclient import ROOM, WAIT_SECONDS, Watching

# The connections it loses are lost on purpose: no need to report them.
logging.getLogger("aioxmpp").setLevel(logging.CRITICAL)
logging.getLogger("asyncio").addFilter(lambda record: "on STARTTLS transport" not in record.getMessage())


MAM = "urn:xmpp:mam:2"


class ArchiveQuery(aioxmpp.xso.XSO):
    """What aioxmpp does not know by itself: a question to an archive (XEP-0313)."""
    TAG = (MAM, "query")
    queryid = aioxmpp.xso.Attr("queryid", default=None)
    page = aioxmpp.xso.Child([ResultSetMetadata])


class ArchiveEnd(aioxmpp.xso.XSO):
    TAG = (MAM, "fin")
    complete = aioxmpp.xso.Attr("complete", type_=aioxmpp.xso.Bool(), default=False)
    page = aioxmpp.xso.Child([ResultSetMetadata])


class ArchiveResult(aioxmpp.xso.XSO):
    TAG = (MAM, "result")
    id_ = aioxmpp.xso.Attr("id")
    queryid = aioxmpp.xso.Attr("queryid", default=None)
    forwarded = aioxmpp.xso.Child([aioxmpp.misc.Forwarded])


aioxmpp.IQ.as_payload_class(ArchiveQuery)
aioxmpp.IQ.as_payload_class(ArchiveEnd)
aioxmpp.Message.archive_result = aioxmpp.xso.Child([ArchiveResult])


class AioClient(Watching):
    def __init__(self, server, jid, resource="aio"):
        super().__init__()
        self.client = aioxmpp.Client(
            address(f"{jid}/{resource}"), aioxmpp.make_security_layer(server.passwords[jid], no_verify=True),
            override_peer=[("127.0.0.1", server.port, aioxmpp.connector.STARTTLSConnector())])
        self.client.backoff_start = self.client.backoff_start / 20
        self.client.backoff_cap = self.client.backoff_start
        self.rooms, self.out, self.archived, self.asking = {}, [], [], []
        self.sessions, self.returns = 0, 0
        self.client.on_stream_established.connect(self._established)
        self.client.on_stream_resumed.connect(self._returned)
        self.muc = self.client.summon(aioxmpp.MUCClient)
        self.roster = self.client.summon(aioxmpp.RosterClient)
        self.presence = self.client.summon(aioxmpp.PresenceClient)
        messages = self.client.summon(aioxmpp.dispatcher.SimpleMessageDispatcher)
        for kind in (aioxmpp.MessageType.CHAT, aioxmpp.MessageType.NORMAL, aioxmpp.MessageType.ERROR):
            messages.register_callback(kind, None, self._message)
        self.client.stream.app_inbound_message_filter.register(self._archived, 1)
        self.roster.on_subscribe.connect(self._asked)
        for signal in (self.roster.on_entry_added, self.roster.on_entry_subscription_state_changed,
                       self.presence.on_available, self.presence.on_unavailable):
            signal.connect(self._changed)
        self.life = contextlib.AsyncExitStack()

    async def log_in(self, available=True):
        state = aioxmpp.PresenceState(available)
        self.client.summon(aioxmpp.PresenceServer).set_presence(state)
        await asyncio.wait_for(self.life.enter_async_context(self.client.connected()), WAIT_SECONDS)
        return self

    async def log_out(self):
        await self.life.aclose()

    def _message(self, message):
        if message.type_ == aioxmpp.MessageType.ERROR:
            self.errors.append(condition(message.error))
        elif message.body:
            self.heard.append((str(message.from_), message.body.any()))
        self.changed.set()

    def _changed(self, *_, **__):
        self.changed.set()

    def _established(self):
        self.sessions += 1

    def _returned(self):
        self.returns += 1
        self.changed.set()

    @property
    def resumed(self):
        """How often it took up its old session. (aioxmpp speaks of a resumed stream for a new session as well.)"""
        return self.returns - (self.sessions - 1)

    # rooms

    async def enter(self, nick, room=ROOM):
        entered, done = self.muc.join(address(room), nick)
        if self.rooms.get(room) is not entered:
            self.rooms[room] = entered
            entered.on_message.connect(self._said)
            entered.on_exit.connect(self._exited)
            for signal in (entered.on_muc_role_request, entered.on_topic_changed, entered.on_muc_role_changed):
                signal.connect(self._changed)
        await asyncio.wait_for(done, WAIT_SECONDS)

    async def enter_again(self, nick, room=ROOM):
        """Nothing: the library does so by itself, and asks for what it missed."""

    def _said(self, message, member, source, **_):
        if message.type_ == aioxmpp.MessageType.ERROR:
            self.errors.append(condition(message.error))
        else:
            self.heard.append((str(message.from_), message.body.any()))
        self.changed.set()

    def _exited(self, muc_status_codes=(), **_):
        self.out.append({int(code) for code in muc_status_codes})
        self.changed.set()

    async def put_out(self):
        """Waits until it is put out of the room; returns the status codes."""
        await self.until(lambda: self.out)
        return self.out.pop(0)

    async def turned_away(self, nick, room=ROOM):
        """Tries to enter, and returns why it may not."""
        _, done = self.muc.join(address(room), nick)
        try:
            await asyncio.wait_for(done, WAIT_SECONDS)
        except aioxmpp.errors.XMPPError as error:
            return condition(error)

    async def open_room(self, room=ROOM, **settings):
        """Accepts the configuration of a new room, with these settings changed."""
        form = ConfigurationForm.from_xso(await self.muc.get_room_config(address(room)))
        for name, value in settings.items():
            getattr(form, name).value = value
        await self.muc.set_room_config(address(room), form.render_reply())

    def say(self, text, room=ROOM):
        self.client.enqueue(written(room, aioxmpp.MessageType.GROUPCHAT, text))

    async def role(self, nick, role, room=ROOM):
        with refusals():
            await self.rooms[room].muc_set_role(nick, role)

    async def affiliate(self, jid, affiliation, room=ROOM):
        with refusals():
            await self.muc.set_affiliation(address(room), address(jid), affiliation)

    async def affiliated(self, affiliation, room=ROOM):
        return [str(jid) for jid in await self.muc.get_affiliated(address(room), affiliation)]

    async def until_role(self, nick, role, room=ROOM):
        await self.until(lambda: any(one.nick == nick and one.role == role for one in self.rooms[room].members))

    async def set_subject(self, text, room=ROOM):
        await self.rooms[room].set_topic({None: text})

    async def until_subject(self, text, room=ROOM):
        await self.until(lambda: self.rooms[room].muc_subject and self.rooms[room].muc_subject.any() == text)

    # contacts

    def _asked(self, presence):
        self.asking.append(str(presence.from_.bare()))
        self.changed.set()

    async def asked(self):
        """Waits until somebody wants to see when this one is there; returns who."""
        await self.until(lambda: self.asking)
        return self.asking.pop(0)

    async def accept(self, jid):
        self.roster.approve(address(jid))

    async def ask(self, jid):
        self.roster.subscribe(address(jid))

    async def until_subscribed(self, jid, state):
        await self.until(lambda: address(jid) in self.roster.items
                         and self.roster.items[address(jid)].subscription == state)

    async def until_seen(self, jid, there=True):
        await self.until(lambda: bool(self.presence.get_peer_resources(address(jid))) == there)

    def tell(self, jid, text):
        self.client.enqueue(written(jid, aioxmpp.MessageType.CHAT, text))

    # archives

    def _archived(self, message):
        if message.archive_result is None:
            return message
        inner = message.archive_result.forwarded.stanza
        self.archived.append((message.archive_result.queryid, str(inner.from_), inner.body.any()))

    async def archive(self, where=None, page=10):
        """Reads a whole archive, page by page; returns who said what, and how many pages it took."""
        after, pages, found = None, 0, []
        while True:
            pages += 1
            query = ArchiveQuery()
            query.queryid = f"q{pages}"
            query.page = ResultSetMetadata.limit(page)
            if after is not None:
                query.page.after = After(after)
            end = await self.client.send(aioxmpp.IQ(
                type_=aioxmpp.IQType.SET, to=address(where) if where else None, payload=query))
            found += [(who, words) for queryid, who, words in self.archived if queryid == query.queryid]
            if end.complete:
                return found, pages
            after = end.page.last.value


def address(text):
    return aioxmpp.JID.fromstr(text)


def condition(error):
    return error.condition.name.lower().replace("_", "-")


def written(to, kind, text):
    message = aioxmpp.Message(type_=kind, to=address(to))
    message.body[None] = text
    return message


@contextlib.contextmanager
def refusals():
    try:
        yield
    except aioxmpp.errors.XMPPError as error:
        raise PermissionError(condition(error)) from error
