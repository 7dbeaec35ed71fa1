"""QXmpp, the C++ library beneath Kaidan: a program of its own (qxmpp/client.cpp), led by lines of JSON."""
import asyncio
import itertools
import json
import os

from mixclient import CHANNEL, NODES, SERVICE
from newclient import WAIT_SECONDS, Watching

PROGRAM = os.environ["PARLANCE_QXMPP_CLIENT"]
DOMAIN = "localhost"
MESSAGES = "urn:xmpp:mix:nodes:messages"


class QXmppClient(Watching):
    def __init__(self, server, jid, resource="qxmpp"):
        super().__init__()
        self.server, self.jid, self.resource = server, jid, resource
        self.numbers, self.answers, self.archived = itertools.count(1), {}, {}
        self.connected, self.resumed, self.roster = False, 0, None
        self.messages, self.items, self.people, self.infos, self.presences = [], [], {}, [], {}

    async def log_in(self):
        self.process = await asyncio.create_subprocess_exec(
            PROGRAM, "127.0.0.1", str(self.server.port), f"{self.jid}/{self.resource}",
            env={**os.environ, "QXMPP_PASSWORD": self.server.passwords[self.jid]},
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE)
        self.reading = asyncio.ensure_future(self._read())
        await self.connect()
        return self

    async def connect(self):
        """Takes up its old session where there is one, which keeps its roster; else begins anew."""
        self._send("connect")
        await self.until(lambda: self.connected and self.roster is not None)

    async def disconnect(self):
        self._send("disconnect")
        await self.lost()

    async def lost(self):
        """Waits until it has noticed that its connection is gone."""
        await self.until(lambda: not self.connected)

    async def log_out(self):
        await self.disconnect()
        self.process.stdin.close()
        assert await asyncio.wait_for(self.process.wait(), WAIT_SECONDS) == 0
        await self.reading

    # the program

    def _send(self, what, **more):
        self.process.stdin.write(json.dumps({"do": what, **more}).encode() + b"\n")

    async def _ask(self, what, **more):
        """Waits for the answer; raises what was refused."""
        number = next(self.numbers)
        self._send(what, number=number, **more)
        await self.until(lambda: number in self.answers)
        answer = self.answers.pop(number)
        if "error" in answer:
            raise PermissionError(answer["error"])
        return answer

    async def _read(self):
        while line := await self.process.stdout.readline():
            told = json.loads(line)
            if "answer" in told:
                self.answers[told["answer"]] = told
            else:
                getattr(self, "_" + told.pop("event").replace(" ", "_"))(**told)
            self.changed.set()

    def _connected(self, resumed):
        self.connected = True
        if resumed:
            self.resumed += 1
        else:
            self.roster = None

    def _disconnected(self):
        self.connected = False

    def _roster(self, items):
        self.roster = {item["jid"]: item for item in items}

    def _roster_item(self, item):
        self.roster[item["jid"]] = item

    def _roster_item_removed(self, jid):
        self.roster.pop(jid, None)

    def _message(self, message):
        self.messages.append(message)

    def _presence(self, presence):
        self.presences[presence["from"]] = presence

    def _archived(self, number, message):
        self.archived.setdefault(number, []).append(message)

    def _item(self, node, item, retracted, **_):
        if "participant" in item:
            self.people[item["id"]] = item["participant"]
        elif "info" in item:
            self.infos.append(item["info"])
        elif retracted:
            self.people.pop(item["id"], None)

    # channels

    async def offers_channels(self):
        """Finds that its account may join channels, and a service where it may make one."""
        account = await self._ask("info", to=self.jid)
        services = []
        for jid in (await self._ask("items", to=DOMAIN))["items"]:
            found = await self._ask("info", to=jid)
            if ["conference", "mix"] in found["identities"]:
                services += [jid] if "urn:xmpp:mix:core:1#create-channel" in found["features"] else []
        return "urn:xmpp:mix:pam:1" in account["features"] and services == [SERVICE.bare]

    async def create(self, name=CHANNEL.user):
        return (await self._ask("create", to=SERVICE.bare, channel=name))["channel"]

    async def join(self, nick, nodes=NODES):
        """Joins through the account; returns its address, which begins with its id, and the nodes not granted."""
        answer = await self._ask("client-join", to=self.jid, jid=CHANNEL.bare, nick=nick, nodes=list(nodes))
        assert answer["nick"] == nick, answer
        return answer["jid"], set(nodes) - set(answer["nodes"])

    async def subscribe(self, *nodes):
        return (await self._ask("update-subscription", to=CHANNEL.bare, nodes=nodes))["nodes"]

    def channels(self):
        """The channels on the roster, with the id this one has in each."""
        return {jid: item["participant"] for jid, item in self.roster.items() if item["channel"]}

    async def node(self, node):
        """What a node of the channel holds, by the names of the items."""
        items = (await self._ask("node", to=CHANNEL.bare, node=f"urn:xmpp:mix:nodes:{node}"))["items"]
        return {item["id"]: item for item in items}

    async def participants(self):
        return {key: item["participant"] for key, item in (await self.node("participants")).items()}

    async def rename(self, nick):
        return (await self._ask("setnick", to=CHANNEL.bare, nick=nick))["nick"]

    async def leave(self):
        await self._ask("client-leave", to=self.jid, jid=CHANNEL.bare)

    async def destroy(self):
        await self._ask("destroy", to=SERVICE.bare, channel=CHANNEL.user)

    def say(self, text):
        self._send("say", to=CHANNEL.bare, groupchat=True, body=text)

    def tell(self, jid, text, **more):
        self._send("say", to=jid, body=text, **more)

    async def word(self, body):
        """Waits for these words; returns the message."""
        return await self.until(lambda: next((one for one in self.messages if one["body"] == body), None))

    async def missed(self, after, page=5):
        """What was said in the channel after the message with this id, page by page; and how many pages it took."""
        found, pages, complete = [], 0, False
        while not complete:
            pages += 1
            end = await self._ask("history", to=CHANNEL.bare, node=MESSAGES, max=page, after=after)
            found += self.archived.pop(end["answer"], [])
            complete, after = end["complete"], end["last"]
        return found, pages
