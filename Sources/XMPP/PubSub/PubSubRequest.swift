// What is asked of a service of publish-subscribe, understood.
public import XML

/// A request of XEP-0060, as far as personal eventing needs them (XEP-0163 §5).
public enum PubSubRequest: Sendable, Equatable {
    /// Publish an item; the options are preconditions, and the configuration of a new node (XEP-0060 §7.1.5).
    case publish(PubSubItem, node: String, options: DataForm?)
    /// Delete items by id; whether subscribers hear of it, if that is said (XEP-0060 §7.2).
    case retract([String], node: String, notifies: Bool?)
    /// Answer items (XEP-0060 §6.5).
    case items(Selection, node: String)
    /// Make a node; without a name the service gives one (XEP-0060 §8.1).
    case create(node: String?, configuration: DataForm?)
    /// Answer the configuration of a node (XEP-0060 §8.2.1).
    case configuration(node: String)
    /// Change it; nil: leave it as it is (XEP-0060 §8.2.4, §8.2.5).
    case configure(node: String, DataForm?)
    /// Answer the configuration that new nodes get (XEP-0060 §8.3).
    case defaultConfiguration
    /// Delete a node (XEP-0060 §8.4).
    case delete(node: String)
    /// Delete all items of a node (XEP-0060 §8.5).
    case purge(node: String)

    /// Which items of a node.
    public enum Selection: Sendable, Equatable {
        /// Those of these ids.
        case ids([String])
        /// The newest, at most so many.
        case newest(Int)
        /// A page of all of them (XEP-0059).
        case page(ResultSet.Request)
    }

    /// Reads the `pubsub` element of an IQ of type `type`, in the namespace for everybody or the one for owners.
    ///
    /// - Throws: what the request is refused with, whoever asks: `bad-request` with the condition of XEP-0060, and
    ///   `feature-not-implemented` for what is not offered.
    public init(reading pubsub: Element, type: StanzaType) throws(StanzaError) {
        guard let verb = pubsub.firstChild, verb.namespace == pubsub.namespace else { throw StanzaError(.badRequest) }
        switch (type, verb.name, pubsub.namespace) {
        case (.set, "publish", NS.pubsub): self = try .publish(verb, in: pubsub)
        case (.set, "retract", NS.pubsub): self = try .retract(verb)
        case (.set, "create", NS.pubsub):
            let configure = pubsub.child("configure", NS.pubsub)
            let node = verb["node"].flatMap { $0.isEmpty ? nil : $0 }
            self = .create(node: node, configuration: try Self.form(in: configure))
        case (.get, "items", NS.pubsub): self = try .items(try Self.selection(verb, in: pubsub), node: Self.node(verb))
        case (.get, "configure", NS.pubsubOwner): self = .configuration(node: try Self.node(verb))
        case (.set, "configure", NS.pubsubOwner): self = .configure(node: try Self.node(verb), try Self.form(in: verb))
        case (.get, "default", NS.pubsubOwner): self = .defaultConfiguration
        case (.set, "delete", NS.pubsubOwner): self = .delete(node: try Self.node(verb))
        case (.set, "purge", NS.pubsubOwner): self = .purge(node: try Self.node(verb))
        default: throw Self.refusal(of: verb)
        }
    }

    private static func publish(_ verb: Element, in pubsub: Element) throws(StanzaError) -> PubSubRequest {
        let node = try node(verb)
        let items = verb.children.filter { $0.is("item", NS.pubsub) }
        guard let first = items.first else { throw StanzaError(.itemRequired) }
        guard items.count == 1 else { throw StanzaError(.badRequest, text: "one item at a time") }
        let options = pubsub.child("publish-options", NS.pubsub)
        return .publish(try PubSubItem(reading: first), node: node, options: try form(in: options))
    }

    private static func retract(_ verb: Element) throws(StanzaError) -> PubSubRequest {
        let node = try node(verb)
        let ids = verb.children.filter { $0.is("item", NS.pubsub) }.map { $0["id"] ?? "" }
        guard !ids.isEmpty, !ids.contains("") else { throw StanzaError(.itemRequired) }
        let notifies: Bool? =
            switch verb["notify"] {
            case "1", "true": true
            case "0", "false": false
            default: nil
            }
        return .retract(ids, node: node, notifies: notifies)
    }

    private static func selection(_ verb: Element, in pubsub: Element) throws(StanzaError) -> Selection {
        let ids = verb.children.filter { $0.is("item", NS.pubsub) }.compactMap { $0["id"] }
        if !ids.isEmpty { return .ids(ids) }
        if let text = verb["max_items"] {
            guard let number = Int(text), number > 0 else { throw StanzaError(.badRequest) }
            return .newest(number)
        }
        guard let set = pubsub.child("set", NS.rsm) else { return .page(ResultSet.Request()) }
        do throws(ResultSet.Fault) {
            return .page(try ResultSet.Request(reading: set))
        } catch {
            throw StanzaError(.badRequest)
        }
    }

    private static func node(_ verb: Element) throws(StanzaError) -> String {
        guard let node = verb["node"], !node.isEmpty else { throw StanzaError(.nodeIDRequired) }
        return node
    }

    /// The form in an element that may be missing or empty.
    private static func form(in element: Element?) throws(StanzaError) -> DataForm? {
        guard let x = element?.child("x", NS.dataForms) else { return nil }
        guard let form = DataForm(reading: x) else { throw StanzaError(.invalidOptions) }
        return form.type == .cancel ? nil : form
    }

    /// What is not offered, by the names of XEP-0060 §10.
    private static func refusal(of verb: Element) -> StanzaError {
        switch verb.name {
        case "subscribe", "unsubscribe": StanzaError(.unsupported("subscribe"))
        case "options": StanzaError(.unsupported("subscription-options"))
        case "subscriptions": StanzaError(.unsupported("retrieve-subscriptions"))
        case "affiliations": StanzaError(.unsupported("retrieve-affiliations"))
        default: StanzaError(.badRequest)
        }
    }
}
