// Reads what is the case before a play begins: `setup room`, `setup enter`, `setup channel`, `setup join` and others.

extension ScenarioParser {
    private typealias Words = ArraySlice<String>

    /// What stands behind `setup`.
    mutating func setup(_ text: String, at line: Int) throws(ScenarioFault) -> Step.Action {
        var words = text.split(separator: " ").map(String.init)[...]
        let action: Step.Action? =
            switch words.popFirst() {
            case "room": try room(&words, at: line)
            case "enter": try entry(&words, at: line)
            case "channel": try channel(&words, at: line)
            case "join": try join(&words, at: line)
            case "available": try available(words, at: line)
            case "contacts": try contacts(words, at: line)
            default: nil
            }
        if let action { return action }
        let rooms = "setup room NAME by WHO [as NICK] [with field=value …], setup enter WHO as NICK"
        let channels = "setup channel NAME by WHO [with field=value …], setup join WHO as NICK [to node,node]"
        throw fault("\(rooms), \(channels), setup available WHO, or setup contacts ONE and OTHER", at: line)
    }

    /// `room coven by Hag66 [as nick] [with field=value …]`
    private mutating func room(_ words: inout Words, at line: Int) throws(ScenarioFault) -> Step.Action? {
        guard let room = words.popFirst(), words.popFirst() == "by", let owner = words.popFirst() else { return nil }
        var nick = Part(name: owner, dialect: .muc).account
        if words.first == "as" {
            words.removeFirst()
            nick = words.popFirst() ?? nick
        }
        let fields = try fields(&words, at: line)
        lastRoom = room
        return .setupRoom(SetupRoom(room: room, owner: try member(owner, at: line), nick: nick, fields: fields))
    }

    /// `channel coven by Hag66 [with jids=visible Private_Messages=false …]`
    private mutating func channel(_ words: inout Words, at line: Int) throws(ScenarioFault) -> Step.Action? {
        guard let channel = words.popFirst(), words.popFirst() == "by", let owner = words.popFirst() else { return nil }
        let fields = try fields(&words, at: line)
        lastRoom = channel
        return .setupChannel(SetupChannel(channel: channel, owner: try member(owner, at: line), fields: fields))
    }

    /// `[with field=value[,value] …]`
    private func fields(
        _ words: inout Words, at line: Int
    ) throws(ScenarioFault) -> [(name: String, values: [String])] {
        guard words.popFirst() == "with" else { return [] }
        var fields: [(name: String, values: [String])] = []
        for word in words {
            let halves = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard halves.count == 2 else { throw fault("with field=value", at: line) }
            fields.append((String(halves[0]), halves[1].split(separator: ",").map(String.init)))
        }
        return fields
    }

    /// `enter Crone [in coven] as nick [password word]`
    private func entry(_ words: inout Words, at line: Int) throws(ScenarioFault) -> Step.Action? {
        guard let who = words.popFirst(), let room = place(&words), words.popFirst() == "as",
            let nick = words.popFirst()
        else { return nil }
        let password = words.popFirst() == "password" ? words.popFirst() : nil
        return .enter(who: try member(who, at: line), room: room, nick: nick, password: password)
    }

    /// `join Crone [in coven] as nick [to messages,participants]`
    private func join(_ words: inout Words, at line: Int) throws(ScenarioFault) -> Step.Action? {
        guard let who = words.popFirst(), let channel = place(&words), words.popFirst() == "as",
            let nick = words.popFirst()
        else { return nil }
        var nodes = "messages,participants,presence"
        if let word = words.popFirst() {
            guard word == "to", let list = words.popFirst(), words.isEmpty else { return nil }
            nodes = list == "nothing" ? "" : list
        }
        let names = nodes.split(separator: ",").map { $0.contains(":") ? String($0) : "urn:xmpp:mix:nodes:\($0)" }
        return .join(SetupJoin(who: try member(who, at: line), channel: channel, nick: nick, nodes: names))
    }

    /// `[in coven]`: the room made last, unless another is named.
    private func place(_ words: inout Words) -> String? {
        guard words.first == "in" else { return lastRoom }
        words.removeFirst()
        return words.popFirst()
    }

    /// `available Romeo [Juliet …]`
    private func available(_ words: Words, at line: Int) throws(ScenarioFault) -> Step.Action? {
        guard !words.isEmpty else { return nil }
        for name in words { _ = try client(name, at: line) }
        return .setupAvailable(Array(words))
    }

    /// `contacts Romeo and Juliet`
    private func contacts(_ words: Words, at line: Int) throws(ScenarioFault) -> Step.Action? {
        guard words.count == 3, words[words.startIndex + 1] == "and", let one = words.first, let other = words.last
        else { return nil }
        return .setupContacts(try client(one, at: line), try client(other, at: line))
    }
}
