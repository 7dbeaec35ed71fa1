// A client on QXmpp 1.4 that does what it is told: a JSON object a line in, a JSON object a line out.

#include <QXmppClient.h>
#include <QXmppDiscoveryManager.h>
#include <QXmppMamManager.h>
#include <QXmppMessage.h>
#include <QXmppMixInvitation.h>
#include <QXmppMixIq.h>
#include <QXmppMixItem.h>
#include <QXmppPubSubIq.h>
#include <QXmppPubSubItem.h>
#include <QXmppRosterManager.h>

#include <QCoreApplication>
#include <QDomElement>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSocketNotifier>

#include <iostream>
#include <unistd.h>

static void tell(const QJsonObject &what)
{
    std::cout << QJsonDocument(what).toJson(QJsonDocument::Compact).constData() << std::endl;
}

// What the library understood of the things it was sent

static QJsonObject shown(const QXmppMixInvitation &invitation)
{
    return { { "inviter", invitation.inviterJid() }, { "invitee", invitation.inviteeJid() },
             { "channel", invitation.channelJid() }, { "token", invitation.token() } };
}

static QJsonObject shown(const QXmppMessage &message)
{
    QJsonObject result { { "from", message.from() }, { "id", message.id() }, { "body", message.body() },
                         { "groupchat", message.type() == QXmppMessage::GroupChat },
                         { "nick", message.mixUserNick() }, { "jid", message.mixUserJid() },
                         { "stanza id", message.stanzaId() } };
    if (message.mixInvitation())
        result["invitation"] = shown(*message.mixInvitation());
    return result;
}

static QJsonObject shown(const QXmppPresence &presence)
{
    // not the nick of a channel: the library looks for it in the namespace of XEP-0403 before 0.3.2
    return { { "from", presence.from() }, { "available", presence.type() == QXmppPresence::Available } };
}

static QJsonObject shown(const QXmppRosterIq::Item &item)
{
    return { { "jid", item.bareJid() }, { "channel", item.isMixChannel() },
             { "participant", item.mixParticipantId() } };
}

static QJsonObject shown(const QXmppMixIq &iq)
{
    return { { "jid", iq.jid() }, { "channel", iq.channelName() }, { "nick", iq.nick() },
             { "nodes", QJsonArray::fromStringList(iq.nodes()) } };
}

static QJsonObject shown(const QXmppPubSubItem &item)
{
    const auto content = item.contents();
    const auto element = content.sourceDomElement();
    QJsonObject result { { "id", item.id() } };
    if (QXmppMixParticipantItem::isMixParticipantItem(element)) {
        QXmppMixParticipantItem participant;
        participant.parse(content);
        result["participant"] = QJsonObject { { "nick", participant.nick() }, { "jid", participant.jid() } };
    } else if (QXmppMixInfoItem::isMixChannelInfo(element)) {
        QXmppMixInfoItem info;
        info.parse(content);
        result["info"] = QJsonObject { { "name", info.name() }, { "description", info.description() },
                                       { "contacts", QJsonArray::fromStringList(info.contactJids()) } };
    }
    return result;
}

static QJsonObject shown(const QXmppDiscoveryIq &iq)
{
    QJsonArray identities, items;
    for (const auto &identity : iq.identities())
        identities << QJsonArray { identity.category(), identity.type() };
    for (const auto &item : iq.items())
        items << item.jid();
    return { { "features", QJsonArray::fromStringList(iq.features()) }, { "identities", identities },
             { "items", items } };
}

// The number that a command came with, by the id of the request it became; the answer carries it.
static QHash<QString, int> asked;

static void answer(const QString &id, QJsonObject with)
{
    if (!asked.contains(id))
        return;
    with["answer"] = asked.take(id);
    tell(with);
}

// Sees what the library has no manager for: answers about channels and their items, and news of items.
class Channels : public QXmppClientExtension
{
public:
    bool handleStanza(const QDomElement &stanza) override
    {
        if (stanza.tagName() == "iq" && asked.contains(stanza.attribute("id"))) {
            hear(stanza);
            return true;
        }
        const auto event = stanza.firstChildElement("event");
        if (stanza.tagName() != "message" || event.namespaceURI() != "http://jabber.org/protocol/pubsub#event")
            return false;
        hearNews(stanza.attribute("from"), event.firstChildElement("items"));
        return true;
    }

private:
    void hear(const QDomElement &stanza)
    {
        const auto id = stanza.attribute("id");
        if (stanza.attribute("type") == "error") {
            // of the condition the library has only a number
            answer(id, { { "error", stanza.firstChildElement("error").firstChildElement().tagName() } });
        } else if (QXmppMixIq::isMixIq(stanza)) {
            QXmppMixIq iq;
            iq.parse(stanza);
            answer(id, shown(iq));
        } else if (QXmppPubSubIq::isPubSubIq(stanza)) {
            QXmppPubSubIq iq;
            iq.parse(stanza);
            QJsonArray items;
            for (const auto &item : iq.items())
                items << shown(item);
            answer(id, { { "items", items } });
        } else {
            answer(id, {});
        }
    }

    void hearNews(const QString &from, const QDomElement &items)
    {
        for (auto child = items.firstChildElement(); !child.isNull(); child = child.nextSiblingElement()) {
            QXmppPubSubItem item;
            item.parse(child);
            tell({ { "event", "item" }, { "from", from }, { "node", items.attribute("node") },
                   { "retracted", child.tagName() == "retract" }, { "item", shown(item) } });
        }
    }
};

class Client
{
public:
    explicit Client(const QXmppConfiguration &configuration) : configuration(configuration)
    {
        client.addExtension(archive);
        client.addExtension(new Channels);  // behind the library's own, which take what is theirs
        listen();
        listenToManagers();
    }

    void obey(const QJsonObject &command)
    {
        const auto what = command["do"].toString(), to = command["to"].toString(), node = command["node"].toString();
        QString id;
        if (what == "connect") {
            client.connectToServer(configuration);
        } else if (what == "disconnect") {
            client.disconnectFromServer();
        } else if (what == "say") {
            say(to, command);
        } else if (what == "info") {
            id = discovery->requestInfo(to);
        } else if (what == "items") {
            id = discovery->requestItems(to);
        } else if (what == "history") {
            QXmppResultSetQuery page;
            page.setMax(command["max"].toInt());
            page.setAfter(command["after"].toString());
            id = archive->retrieveArchivedMessages(to, node, {}, {}, {}, page);
        } else if (what == "node") {
            id = readNode(to, node);
        } else {
            id = act(what, to, command);
        }
        if (!id.isEmpty())
            asked[id] = command["number"].toInt();
    }

private:
    void listen()
    {
        QObject::connect(&client, &QXmppClient::connected, [this] {
            tell({ { "event", "connected" },
                   { "resumed", client.streamManagementState() == QXmppClient::ResumedStream } });
        });
        QObject::connect(&client, &QXmppClient::disconnected, [] { tell({ { "event", "disconnected" } }); });
        QObject::connect(&client, &QXmppClient::messageReceived, [](const QXmppMessage &message) {
            tell({ { "event", "message" }, { "message", shown(message) } });
        });
        QObject::connect(&client, &QXmppClient::presenceReceived, [](const QXmppPresence &presence) {
            tell({ { "event", "presence" }, { "presence", shown(presence) } });
        });
    }

    void listenToManagers()
    {
        const auto changed = [this](const QString &jid) {
            tell({ { "event", "roster item" }, { "item", shown(roster->getRosterEntry(jid)) } });
        };
        QObject::connect(roster, &QXmppRosterManager::itemAdded, changed);
        QObject::connect(roster, &QXmppRosterManager::itemChanged, changed);
        QObject::connect(roster, &QXmppRosterManager::itemRemoved, [](const QString &jid) {
            tell({ { "event", "roster item removed" }, { "jid", jid } });
        });
        QObject::connect(roster, &QXmppRosterManager::rosterReceived, [this] {
            QJsonArray items;
            for (const auto &jid : roster->getRosterBareJids())
                items << shown(roster->getRosterEntry(jid));
            tell({ { "event", "roster" }, { "items", items } });
        });
        const auto found = [](const QXmppDiscoveryIq &iq) { answer(iq.id(), shown(iq)); };
        QObject::connect(discovery, &QXmppDiscoveryManager::infoReceived, found);
        QObject::connect(discovery, &QXmppDiscoveryManager::itemsReceived, found);
        QObject::connect(archive, &QXmppMamManager::archivedMessageReceived,
                         [](const QString &query, const QXmppMessage &message) {
            tell({ { "event", "archived" }, { "number", asked.value(query) }, { "message", shown(message) } });
        });
        QObject::connect(archive, &QXmppMamManager::resultsRecieved,
                         [](const QString &query, const QXmppResultSetReply &page, bool complete) {
            answer(query, { { "complete", complete }, { "last", page.last() } });
        });
    }

    void say(const QString &to, const QJsonObject &command)
    {
        QXmppMessage message({}, to, command["body"].toString());
        message.setType(command["groupchat"].toBool() ? QXmppMessage::GroupChat : QXmppMessage::Chat);
        if (command.contains("invitation")) {
            const auto given = command["invitation"].toObject();
            QXmppMixInvitation invitation;
            invitation.setInviterJid(given["inviter"].toString());
            invitation.setInviteeJid(given["invitee"].toString());
            invitation.setChannelJid(given["channel"].toString());
            invitation.setToken(given["token"].toString());
            message.setMixInvitation(invitation);
        }
        client.sendPacket(message);
    }

    QString readNode(const QString &to, const QString &node)
    {
        QXmppPubSubIq iq;
        iq.setTo(to);
        iq.setType(QXmppIq::Get);
        iq.setQueryType(QXmppPubSubIq::ItemsQuery);
        iq.setQueryNode(node);
        client.sendPacket(iq);
        return iq.id();
    }

    QString act(const QString &what, const QString &to, const QJsonObject &command)
    {
        static const QHash<QString, QXmppMixIq::Type> actions {
            { "create", QXmppMixIq::Create }, { "destroy", QXmppMixIq::Destroy },
            { "client-join", QXmppMixIq::ClientJoin }, { "client-leave", QXmppMixIq::ClientLeave },
            { "update-subscription", QXmppMixIq::UpdateSubscription }, { "setnick", QXmppMixIq::SetNick },
        };
        QXmppMixIq iq;
        iq.setTo(to);
        iq.setType(QXmppIq::Set);
        iq.setActionType(actions.value(what, QXmppMixIq::None));
        iq.setJid(command["jid"].toString());
        iq.setChannelName(command["channel"].toString());
        iq.setNick(command["nick"].toString());
        QStringList nodes;
        for (const auto &node : command["nodes"].toArray())
            nodes << node.toString();
        iq.setNodes(nodes);
        client.sendPacket(iq);
        return iq.id();
    }

    QXmppConfiguration configuration;
    QXmppClient client;
    QXmppMamManager *archive = new QXmppMamManager;
    QXmppRosterManager *roster = client.findExtension<QXmppRosterManager>();
    QXmppDiscoveryManager *discovery = client.findExtension<QXmppDiscoveryManager>();
};

int main(int count, char *words[])
{
    QCoreApplication application(count, words);
    if (count != 4) {
        std::cerr << "usage: QXMPP_PASSWORD=... qxmpp-client HOST PORT JID" << std::endl;
        return 2;
    }
    QXmppConfiguration configuration;
    configuration.setHost(words[1]);
    configuration.setPort(QString(words[2]).toInt());
    configuration.setJid(words[3]);
    configuration.setPassword(qEnvironmentVariable("QXMPP_PASSWORD"));
    configuration.setIgnoreSslErrors(true);  // the certificate is of the server's own making
    configuration.setAutoReconnectionEnabled(false);  // it would wait ten seconds; the tests say when
    Client client(configuration);

    // without a stream: what that has read ahead would not wake the notifier again
    QSocketNotifier input(STDIN_FILENO, QSocketNotifier::Read);
    QByteArray buffer;
    QObject::connect(&input, &QSocketNotifier::activated, [&] {
        char bytes[4096];
        const auto length = read(STDIN_FILENO, bytes, sizeof bytes);
        if (length <= 0)
            return application.quit();
        buffer.append(bytes, length);
        for (int end; (end = buffer.indexOf('\n')) >= 0; buffer.remove(0, end + 1))
            client.obey(QJsonDocument::fromJson(buffer.left(end)).object());
    });
    return application.exec();
}
