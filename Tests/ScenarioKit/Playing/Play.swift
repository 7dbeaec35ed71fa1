// One performance of a scenario on a stage: step after step, with what was said, until a step fails.

import Host
import XML
import XMPP

/// A performance. Used by one task.
package final class Play {
    private let scenario: Scenario
    let stage: any Stage
    private let tap: Wiretap
    private let rosters: RosterWatch
    private let participants: ParticipantsWatch
    private let watches: [any Watch]
    private var transcript = Transcript()
    private(set) var cast: [String: Member] = [:]
    private var bindings: Bindings
    private var unsettled: String?

    /// Somebody on the stage.
    struct Member {
        let part: Part
        let login: Login
        var line: (any Line)?
        var arrived: [Element] = []
        /// What it can go on with on another connection.
        var managed: ManagedStream?
    }

    package init(_ scenario: Scenario, on stage: any Stage) {
        self.scenario = scenario
        self.stage = stage
        tap = Wiretap(rooms: stage.rooms, channels: stage.channels)
        rosters = RosterWatch(rooms: stage.rooms)
        participants = ParticipantsWatch(channels: stage.channels)
        watches = [rosters, participants, AnswerWatch(), EntryWatch(rooms: stage.rooms)]
        let domains = [
            "muc": stage.rooms, "mix": stage.channels, "domain": stage.accounts, "afar": OtherServer.domain,
        ]
        bindings = Bindings(domains, now: stage.now)
    }

    /// Plays it.
    ///
    /// - Throws: `PlayFault` at the step that failed, or after the last one if something leaked.
    package func perform() async throws {
        do {
            try await assemble()
            for step in scenario.steps { try await perform(step) }
            try await settle()
            for watch in watches { if let wrong = watch.end() { throw fault(0, wrong) } }
        } catch let fault as PlayFault {
            await stage.end()
            throw fault
        } catch {
            await stage.end()
            throw self.fault(1, "\(error)")
        }
        await stage.end()
    }

    func fault(_ line: Int, _ what: String) -> PlayFault {
        PlayFault(scenario: scenario, stage: stage.name, line: line, what: what, transcript: transcript)
    }

    // MARK: The cast

    private func assemble() async throws {
        var accounts: [String: Login] = [:]
        for part in scenario.cast {
            let login: Login
            if let account = accounts[part.account] {
                login = account.with(resource: part.resource, nonce: word())
            } else {
                login = Login(
                    local: "\(part.account.lowercased().filter { $0.isLetter })-\(word())",
                    domain: part.start == .afar ? OtherServer.domain : stage.accounts, resource: part.resource,
                    password: word(), nonce: word())
                if part.start != .afar { try await stage.register(login) }
                accounts[part.account] = login
            }
            cast[part.name] = Member(part: part, login: login)
            tap.know(part.name, login)
            rosters.know(part.name, login)
            participants.know(part.name, login)
            bindings = bindings.with(part.name, login.full).with("\(part.name).bare", login.bare)
            if let features = part.features {
                bindings = bindings.with("\(part.name).ver", ClientFeatures(features).ver)
            }
        }
        for part in scenario.cast where part.start != .offline { try await connect(part.name) }
    }

    /// A word of twelve letters and digits that nobody guesses, and that stands in no stanza by chance.
    private func word() -> String {
        let letters = Array("abcdefghijkmnpqrstuvwxyz23456789".utf8)
        return String(decoding: stage.bytes(12).map { letters[Int($0) % letters.count] }, as: UTF8.self)
    }

    private func connect(_ name: String, _ managed: ManagedStream = ManagedStream()) async throws {
        guard let member = cast[name] else { return }
        guard member.part.start != .afar else {
            cast[name]?.line = stage.reach(member.login)
            return
        }
        let login = member.login.with(resource: member.login.resource, nonce: word())
        let line = try await stage.connect(login, member.part.manner, managed)
        cast[name]?.line = line
        cast[name]?.arrived = []
        left(name)
        transcript.note(stage.now, "\(name) is connected")
        try await settle()
    }

    // MARK: Steps

    private func perform(_ step: Step) async throws {
        switch step.action {
        case .setupRoom(let setup): try await make(setup, step.line)
        case .enter(let who, let room, let nick, let password):
            try await enter(who, room, nick, password, step.line)
        case .setupChannel(let setup): try await make(setup, step.line)
        case .join(let setup): try await join(setup, step.line)
        case .setupAvailable(let names): try await makeAvailable(names, step.line)
        case .setupContacts(let one, let other): try await befriend(one, other, step.line)
        case .send(let who, let text): try await send(text, as: who, step.line)
        case .receive(let expectation): try await receive([expectation])
        case .unordered(let expectations): try await receive(expectations)
        case .silence(let who): try await silence(who, step.line)
        case .ignore(let who):
            try await settle()
            for name in cast.keys where who == nil || who == name { cast[name]?.arrived = [] }
        case .wait(let duration):
            try await settle()
            try await stage.advance(by: duration)
            transcript.note(stage.now, "time passes")
            unsettled = ""
        default: try await interrupt(step)
        }
    }

    private func interrupt(_ step: Step) async throws {
        try await settle()
        switch step.action {
        case .disconnect(let who):
            try await line(of: who, step.line).cut()
            transcript.note(stage.now, "\(who) loses the connection")
            cast[who]?.line = nil
            left(who)
            unsettled = ""
        case .leaveStream(let who):
            try await line(of: who, step.line).leave()
            transcript.note(stage.now, "\(who) leaves the stream")
            try await settle()
            cast[who]?.line = nil
            left(who)
        case .reconnect(let who): try await connect(who)
        case .manage(let who):
            let line = try line(of: who, step.line)
            line.send(Array("<enable xmlns='\(NS.streamManagement)' resume='true'/>".utf8))
            try await settle()
            guard line.managed.id != nil else { throw fault(step.line, "stream management was not turned on") }
            cast[who]?.managed = line.managed
        case .resume(let who):
            guard let managed = cast[who]?.managed else { throw fault(step.line, "there is nothing to resume") }
            try await connect(who, managed)
        case .stop:
            try await stage.stop()
            collect()
            transcript.note(stage.now, "the server has gone down in order and is started again")
            loseEverybody()
        case .restart:
            try await stage.restart()
            transcript.note(stage.now, "the server is killed and started again")
            loseEverybody()
        case .storageFails:
            rosters.isSuspended = true
            participants.isSuspended = true
            do { try stage.failNextCommit() } catch { throw fault(step.line, "\(error)") }
        default: break
        }
    }

    private func loseEverybody() {
        for (name, member) in cast {
            if member.part.start != .afar { cast[name]?.line = nil }
            left(name)
        }
        tap.forgetVisits()
    }

    private func line(of who: String, _ at: Int) throws -> any Line {
        guard let line = cast[who]?.line else { throw fault(at, "\(who) is not connected") }
        return line
    }

    /// Everything sent has had its effect, and nothing in it was not for its reader.
    private func settle() async throws {
        try await stage.settle()
        unsettled = nil
        collect()
        let rooms = await stage.describeRooms()
        for room in rooms {
            tap.know(room: "\(room.name)@\(stage.rooms)", showsAddresses: room.showsAddresses, rulers: room.rulers)
        }
        if let leak = tap.settle() { throw fault(0, leak.description) }
        for watch in watches { if let wrong = watch.settle(rooms) { throw fault(0, wrong) } }
    }

    /// Somebody's stream is over, and with it all that was under way.
    private func left(_ name: String) {
        for watch in watches { watch.left(name) }
    }

    private func collect() {
        for name in cast.keys.sorted() {
            guard let line = cast[name]?.line else { continue }
            for item in line.feed.take() {
                switch item {
                case .stanza(let element):
                    cast[name]?.arrived.append(element)
                    transcript.told(stage.now, name, element)
                    tap.delivered(element, to: name)
                    for watch in watches { watch.delivered(element, to: name) }
                case .aside(let element): tap.delivered(element, to: name)
                case .ended(let reason):
                    transcript.note(stage.now, "\(name)'s stream has ended: \(reason)")
                    left(name)
                }
            }
        }
    }

    /// What has arrived is of no interest, whoever got it.
    func forgetArrived() {
        for name in cast.keys { cast[name]?.arrived = [] }
    }

    // MARK: Sending

    /// Sends and lets everything happen.
    ///
    /// - Returns: what the sender was told.
    func exchange(_ text: String, as who: String, _ at: Int) async throws -> [Element] {
        try await settle()
        cast[who]?.arrived = []
        try await send(text, as: who, at)
        try await settle()
        return cast[who]?.arrived ?? []
    }

    private func send(_ text: String, as who: String, _ at: Int) async throws {
        if let other = unsettled, other != who { try await settle() }
        bindings.now = stage.now
        let filled: String
        do throws(Bindings.UnknownName) {
            filled = try bindings.fill(text)
        } catch {
            throw fault(at, "{\(error.name)} was not captured yet")
        }
        let line = try line(of: who, at)
        if line is AfarLine {
            do throws(StageFault) { _ = try AfarLine.envelopes(filled) } catch { throw fault(at, error.description) }
        }
        transcript.said(stage.now, who, filled)
        tap.typed(filled, by: who)
        let block = try? Element(parsing: "<block xmlns='\(NS.client)'>\(filled)</block>")
        for stanza in block.map({ Array($0.children) }) ?? [] {
            for watch in watches { watch.sent(stanza, by: who) }
        }
        line.send(Array(filled.utf8))
        unsettled = who
    }

    // MARK: Receiving

    private func receive(_ expectations: [ExpectedStanza]) async throws {
        for expectation in expectations {
            let needed = expectations.count { $0.who == expectation.who }
            if (cast[expectation.who]?.arrived.count ?? 0) < needed { try await settle() }
        }
        bindings.now = stage.now
        var open: [String: [Element]] = [:]
        for expectation in expectations where open[expectation.who] == nil {
            let needed = expectations.count { $0.who == expectation.who }
            let arrived = cast[expectation.who]?.arrived ?? []
            guard arrived.count >= needed else {
                let rest = arrived.isEmpty ? "" : ", only:\n\(Transcript.lines(arrived))"
                throw fault(expectation.line, "\(expectation.who) received nothing more\(rest)")
            }
            open[expectation.who] = Array(arrived.prefix(needed))
        }
        var casting = Casting()
        guard let found = casting.assign(expectations[...], open, bindings) else {
            let worst = casting.farthest
            let came = (open[worst.expectation?.who ?? ""] ?? []).map { "    \($0)" }.joined(separator: "\n")
            throw fault(
                worst.expectation?.line ?? expectations[0].line,
                "\(worst.expectation?.who ?? "") received something else:\n\(came)\n\(worst.reason)")
        }
        bindings = found
        for (who, taken) in open { cast[who]?.arrived.removeFirst(taken.count) }
    }

    private func silence(_ who: String?, _ at: Int) async throws {
        try await settle()
        for name in cast.keys.sorted() where who == nil || who == name {
            guard let arrived = cast[name]?.arrived, !arrived.isEmpty else { continue }
            throw fault(at, "\(name) received more:\n\(Transcript.lines(arrived))")
        }
    }
}

extension Part {
    /// How its client behaves of its own accord.
    fileprivate var manner: Manner {
        guard start == .available else { return .plain }
        return features.map { .capable(features: $0) } ?? .inRooms
    }
}
