// Notifications of publish-subscribe from a channel.

import DialectKit
import Rooms
import XML
import XMPP

/// Writes what subscribers of a node are told (XEP-0060 §7.1.2): a message without a type, from the channel.
struct NodeWriter: Sendable {
    let reader: ChannelReader

    /// Items that are new, or new again.
    func event(_ items: [ItemWriter.Item], about node: String, id: String) -> Template {
        message(id) {
            Element("event", NS.pubsubEvent) {
                Element("items", NS.pubsubEvent, ["node": node]) { items.map { $0.element(in: NS.pubsubEvent) } }
            }
        }
    }

    /// Something else that happened to a node.
    func event(_ event: PubSubEvent, about node: String, id: String) -> Template {
        message(id) { event.element(about: node) }
    }

    private func message(_ id: String, _ event: () -> Element) -> Template {
        let element = event()
        return Template(.message) { writer in
            writer.attribute("from", reader.channel)
            writer.attribute("id", id)
            writer.element(element)
            // a server that knows nothing of channels is not to keep it, nor to copy it (MIXC-521)
            if reader.isServer { for hint in ["no-store", "no-copy"] { writer.element(Element(hint, NS.hints)) } }
        }
    }

    /// What names a notification of something kept.
    func id(_ stamp: Stamp) -> String { reader.room.secret.archiveID(of: stamp.seq) }
}
