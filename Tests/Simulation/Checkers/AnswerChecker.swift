// Every request is answered once, and everything said to a room is shown to its sender or refused, never both.

/// Keeps the books of what clients asked and said, and of what they got for it.
struct AnswerChecker {
    static let rule = "answers"

    private struct Question: Hashable {
        let client: String
        let id: String
    }

    private struct Open {
        let connection: Int
        let what: String
    }

    private var questions: [Question: Open] = [:]
    private var words: [Question: Open] = [:]
    private var answered: Set<Question> = []
    /// What was said and refused: it must be in no journal.
    private(set) var refused: [String: String] = [:]

    /// A client sent a request.
    mutating func asked(_ id: String, by client: String, _ connection: Int, what: String) {
        questions[Question(client: client, id: id)] = Open(connection: connection, what: what)
    }

    /// A client said something to a room.
    mutating func said(_ text: String, by client: String, _ connection: Int, in room: String) {
        words[Question(client: client, id: text)] = Open(connection: connection, what: "\(text) in \(room)")
    }

    /// An answer came.
    mutating func answer(_ id: String, to client: String) -> Violation? {
        let question = Question(client: client, id: id)
        guard questions.removeValue(forKey: question) == nil else {
            answered.insert(question)
            return nil
        }
        let what = answered.contains(question) ? "a second answer to \(id)" : "an answer to \(id), which it never asked"
        return Violation(rule: Self.rule, what: "\(client) got \(what)", clients: [client])
    }

    /// A client was shown what it said itself.
    mutating func shown(_ text: String, to client: String) -> Violation? {
        words[Question(client: client, id: text)] = nil
        guard refused[text] != nil else { return nil }
        return Violation(rule: Self.rule, what: "\(client) is shown \(text), which was refused", clients: [client])
    }

    /// What a client said was refused.
    mutating func refusal(of text: String, to client: String, _ condition: String) -> Violation? {
        guard words.removeValue(forKey: Question(client: client, id: text)) != nil else {
            return Violation(
                rule: Self.rule, what: "\(client) is refused \(text) (\(condition)), which it was shown or never said",
                clients: [client])
        }
        refused[text] = condition
        return nil
    }

    /// A connection is gone with everything that was open on it.
    mutating func lost(_ client: String) {
        questions = questions.filter { $0.key.client != client }
        words = words.filter { $0.key.client != client }
    }

    /// Everything has had its effect.
    func judge(_ ledger: Ledger) -> Violation? {
        if let (question, open) = questions.min(by: { ($0.key.client, $0.key.id) < ($1.key.client, $1.key.id) }) {
            let what = "\(question.client) got no answer to \(question.id): \(open.what)"
            return Violation(rule: Self.rule, what: what, clients: [question.client])
        }
        if let (word, open) = words.min(by: { ($0.key.client, $0.key.id) < ($1.key.client, $1.key.id) }) {
            let what = "\(word.client) said \(open.what), and was neither shown it nor refused"
            return Violation(rule: Self.rule, what: what, clients: [word.client])
        }
        for (text, condition) in refused.sorted(by: { $0.key < $1.key }) where !ledger.places(of: text).isEmpty {
            return Violation(rule: Self.rule, what: "\(text) was refused (\(condition)) and is in the journal")
        }
        return nil
    }
}
