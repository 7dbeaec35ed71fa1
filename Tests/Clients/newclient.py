"""slixmpp, a client library of today, as a person would use it: TLS, a room, words."""
import asyncio

import slixmpp

from oldclient import trusting

ROOM = "coven@conference.localhost"
LOGIN_SECONDS = 20


class NewClient(slixmpp.ClientXMPP):
    def __init__(self, server, jid, resource="new"):
        super().__init__(f"{jid}/{resource}", server.passwords[jid])
        self.home = server
        self.ssl_context = trusting()
        for plugin in ("xep_0004", "xep_0030", "xep_0045", "xep_0199"):
            self.register_plugin(plugin)
        self.heard = asyncio.Queue()
        self.presences = []
        self.add_event_handler("groupchat_message", lambda message: self.heard.put_nowait(message))
        self.add_event_handler("presence", lambda presence: self.presences.append(presence))

    async def log_in(self):
        started = asyncio.get_running_loop().create_future()
        self.add_event_handler("session_start", lambda _: started.done() or started.set_result(None))
        self.add_event_handler("failed_all_auth", lambda _: started.done() or started.set_exception(
            AssertionError("login refused")))
        self.connect("127.0.0.1", self.home.port)
        await asyncio.wait_for(started, LOGIN_SECONDS)
        self.send_presence()
        await self.get_roster()
        return self

    async def enter(self, nick, room=ROOM, **history):
        """Enters a room and returns what was said before."""
        _, self.subject, _, past = await self["xep_0045"].join_muc_wait(room, nick, timeout=20, **history)
        return past

    async def open_room(self, room=ROOM, **settings):
        """Accepts the configuration of a new room, with these settings changed."""
        form = await self["xep_0045"].get_room_config(room)
        for name, value in settings.items():
            form.set_values({f"muc#roomconfig_{name}": value})
        await self["xep_0045"].set_room_config(room, form)

    def say(self, text, room=ROOM):
        self.send_message(room, text, mtype="groupchat")

    async def hear(self, text, seconds=20):
        """Waits for these words; returns the message."""
        while True:
            message = await asyncio.wait_for(self.heard.get(), seconds)
            if message["body"] == text:
                return message

    async def log_out(self):
        await self.disconnect(wait=1)
