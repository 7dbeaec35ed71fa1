// Shows what is understood of requests of publish-subscribe, and what is refused whoever asks.

import Testing
import XML
import XMPP

@Suite struct PubSubRequestTests {
    private func read(_ type: StanzaType, _ text: String, owner: Bool = false) throws(StanzaError) -> PubSubRequest {
        let namespace = owner ? NS.pubsubOwner : NS.pubsub
        guard let pubsub = try? Element(parsing: "<pubsub xmlns='\(namespace)'>\(text)</pubsub>") else {
            throw StanzaError(.internalServerError)
        }
        return try PubSubRequest(reading: pubsub, type: type)
    }

    @Test func publishing() throws {
        let tune = Element("tune", "urn:t")
        #expect(
            try read(.set, "<publish node='n'><item id='1'><tune xmlns='urn:t'/></item></publish>")
                == .publish(PubSubItem(id: "1", payload: tune), node: "n", options: nil))
        #expect(
            try read(.set, "<publish node='n'><item id=''/></publish>")
                == .publish(PubSubItem(id: nil, payload: nil), node: "n", options: nil))
        let options = "<publish-options><x xmlns='jabber:x:data' type='submit'/></publish-options>"
        #expect(
            try read(.set, "<publish node='n'><item/></publish>" + options)
                == .publish(PubSubItem(id: nil, payload: nil), node: "n", options: DataForm(.submit)))
    }

    @Test func retractingAndRetrieving() throws {
        #expect(
            try read(.set, "<retract node='n' notify='1'><item id='1'/><item id='2'/></retract>")
                == .retract(["1", "2"], node: "n", notifies: true))
        #expect(
            try read(.set, "<retract node='n'><item id='1'/></retract>") == .retract(["1"], node: "n", notifies: nil))
        #expect(try read(.get, "<items node='n'><item id='1'/></items>") == .items(.ids(["1"]), node: "n"))
        #expect(try read(.get, "<items node='n' max_items='3'/>") == .items(.newest(3), node: "n"))
        let page = "<set xmlns='http://jabber.org/protocol/rsm'><max>2</max></set>"
        #expect(try read(.get, "<items node='n'/>" + page) == .items(.page(ResultSet.Request(max: 2)), node: "n"))
    }

    @Test func owning() throws {
        let form = "<x xmlns='jabber:x:data' type='submit'/>"
        #expect(try read(.set, "<create node='n'/>") == .create(node: "n", configuration: nil))
        #expect(
            try read(.set, "<create/><configure>\(form)</configure>")
                == .create(node: nil, configuration: DataForm(.submit)))
        #expect(try read(.get, "<configure node='n'/>", owner: true) == .configuration(node: "n"))
        #expect(
            try read(.set, "<configure node='n'>\(form)</configure>", owner: true)
                == .configure(node: "n", DataForm(.submit)))
        let cancel = "<x xmlns='jabber:x:data' type='cancel'/>"
        #expect(
            try read(.set, "<configure node='n'>\(cancel)</configure>", owner: true) == .configure(node: "n", nil))
        #expect(try read(.get, "<default/>", owner: true) == .defaultConfiguration)
        #expect(try read(.set, "<delete node='n'/>", owner: true) == .delete(node: "n"))
        #expect(try read(.set, "<purge node='n'/>", owner: true) == .purge(node: "n"))
    }

    @Test(arguments: [
        (StanzaType.set, "<publish><item/></publish>", PubSubCondition.nodeIDRequired),
        (.set, "<publish node='n'/>", .itemRequired),
        (.set, "<publish node='n'><item><a/><b/></item></publish>", .invalidPayload),
        (.set, "<retract node='n'><item/></retract>", .itemRequired),
        (
            .set, "<publish node='n'><item/></publish><publish-options><x xmlns='jabber:x:data'/></publish-options>",
            .invalidOptions
        ),
        (.set, "<subscribe node='n' jid='a@b'/>", .unsupported("subscribe")),
        (.get, "<affiliations/>", .unsupported("retrieve-affiliations")),
    ])
    func refusals(_ type: StanzaType, _ text: String, _ condition: PubSubCondition) {
        #expect(throws: StanzaError(condition)) { try read(type, text) }
    }

    @Test(arguments: ["", "<publish node='n'><item/><item/></publish>", "<nonsense/>", "<items node='n'/>"])
    func badRequests(_ text: String) {
        let fault = #expect(throws: StanzaError.self) { try read(.set, text) }
        #expect(fault?.condition == .badRequest && fault?.type == .modify)
    }

    // XEP-0060 examples 118, 184 and others.
    @Test func conditionsComeInTheirErrors() {
        let error = StanzaError(.preconditionNotMet)
        #expect(error.condition == .conflict && error.type == .cancel)
        #expect(error.application == [Element("precondition-not-met", NS.pubsubErrors)])
        let closed = StanzaError(.closedNode)
        #expect(closed.condition == .notAllowed && closed.type == .cancel)
        let presence = StanzaError(.presenceSubscriptionRequired)
        #expect(presence.condition == .notAuthorized && presence.type == .auth)
        #expect(StanzaError(.unsupported("x")).application.first?["feature"] == "x")
    }
}
