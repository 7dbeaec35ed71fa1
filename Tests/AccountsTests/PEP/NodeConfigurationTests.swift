// How nodes are configured: defaults, forms, storing, access.

import Testing
import XML
import XMPP

@testable import Accounts

@Suite struct NodeConfigurationTests {
    private func form(_ fields: [String: String]) -> DataForm {
        DataForm(.submit, fields: fields.map { DataForm.Field($0.key, value: $0.value) })
    }

    // IM-199
    @Test func defaults() {
        let form = NodeConfiguration().form(.form)
        #expect(form.value(of: "pubsub#access_model") == "presence")
        #expect(form.value(of: "pubsub#send_last_published_item") == "on_sub_and_presence")
        #expect(form.value(of: "pubsub#persist_items") == "1")
        #expect(form.value(of: "pubsub#max_items") == "1")
        #expect(form.value(of: "pubsub#deliver_payloads") == "1")
        #expect(form.value(of: "pubsub#publish_model") == "publishers")
    }

    // IM-198
    @Test func everyFieldIsTakenAndStored() throws {
        let submitted = DataForm(
            .submit, formType: NS.pubsubNodeConfig,
            fields: [
                .init("pubsub#title", value: "T <&> ü"), .init("pubsub#access_model", value: "roster"),
                .init("pubsub#roster_groups_allowed", values: ["A", "B b"]),
                .init("pubsub#persist_items", value: "false"), .init("pubsub#max_items", value: "7"),
                .init("pubsub#send_last_published_item", value: "on_sub"),
                .init("pubsub#deliver_payloads", value: "0"), .init("pubsub#notify_retract", value: "0"),
                .init("pubsub#notify_delete", value: "0"), .init("pubsub#notify_config", value: "true"),
                .init("pubsub#notification_type", value: "normal"), .init("pubsub#type", value: "urn:x"),
                .init("pubsub#item_expire", value: "60"), .init("pubsub#publish_model", value: "publishers"),
            ])
        var expected = NodeConfiguration()
        (expected.title, expected.access, expected.groups) = ("T <&> ü", .roster, ["A", "B b"])
        (expected.persistsItems, expected.maxItems, expected.lastItem) = (false, 7, .onSubscription)
        (expected.deliversPayloads, expected.notifiesRetraction) = (false, false)
        (expected.notifiesDeletion, expected.notifiesConfiguration) = (false, true)
        (expected.notification, expected.payloadType, expected.itemExpiry) = (.normal, "urn:x", 60)
        let taken = try NodeConfiguration().applying(submitted, mostItems: 1_000)
        #expect(taken == expected)
        #expect(NodeConfiguration(stored: taken.stored) == taken)
        #expect(NodeConfiguration(stored: NodeConfiguration.ofPrivateStorage.stored) == .ofPrivateStorage)
    }

    @Test func whatIsDamagedBecomesPrivate() {
        #expect(NodeConfiguration(stored: [1, 2]).access == .whitelist)
        #expect(NodeConfiguration(stored: form(["pubsub#future": "1"]).element.bytes(in: "")).access == .whitelist)
    }

    @Test func asManyAsThereAreIsMax() throws {
        for value in ["max", "1000", "99999", ""] {
            #expect(
                try NodeConfiguration().applying(form(["pubsub#max_items": value]), mostItems: 1_000).maxItems == .max)
        }
        #expect(try NodeConfiguration().applying(form(["pubsub#max_items": "999"]), mostItems: 1_000).maxItems == 999)
    }

    @Test(arguments: [
        ("pubsub#access_model", "authorize"), ("pubsub#persist_items", "perhaps"), ("pubsub#max_items", "-1"),
        ("pubsub#max_items", "many"), ("pubsub#send_last_published_item", "always"), ("pubsub#publish_model", "open"),
        ("pubsub#notification_type", "chat"),
    ])
    func badValues(_ field: String, _ value: String) {
        #expect(throws: NodeConfiguration.Fault.badValue(field: field)) {
            try NodeConfiguration().applying(form([field: value]), mostItems: 9)
        }
    }

    @Test func unknownFields() {
        #expect(throws: NodeConfiguration.Fault.unknown(field: "pubsub#colour")) {
            try NodeConfiguration().applying(form(["pubsub#colour": "red"]), mostItems: 9)
        }
    }

    // IM-203
    @Test func access() {
        let friend = NodeReader.contact(groups: ["Friends"], seesPresence: true)
        let known = NodeReader.contact(groups: ["Work"], seesPresence: false)
        let table: [(NodeConfiguration.Access, NodeReader, PubSubCondition?)] = [
            (.open, .stranger, nil), (.open, known, nil), (.presence, friend, nil),
            (.presence, known, .presenceSubscriptionRequired), (.presence, .stranger, .presenceSubscriptionRequired),
            (.roster, friend, nil), (.roster, known, .notInRosterGroup), (.roster, .stranger, .notInRosterGroup),
            (.whitelist, friend, .closedNode), (.whitelist, .stranger, .closedNode),
        ]
        for (access, reader, condition) in table {
            var configuration = NodeConfiguration()
            (configuration.access, configuration.groups) = (access, ["Friends"])
            #expect(configuration.refusal(to: reader) == condition.map { StanzaError($0) }, "\(access) \(reader)")
            #expect(configuration.refusal(to: .owner) == nil)
        }
    }
}
