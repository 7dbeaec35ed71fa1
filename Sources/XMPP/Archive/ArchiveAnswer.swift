// What an archive answers: a message for each result, then what the page was, or what the archive holds.
public import XML

/// The end of an answer (XEP-0313 §4.2, §4.3.2).
public struct ArchiveFin: Sendable, Equatable {
    /// Nothing was cut off in the direction of paging.
    public var isComplete: Bool
    /// The page: its first and last message in the order of the archive, and how many messages the whole has.
    public var page: ResultSet.Answer

    /// The version it was asked in.
    public var namespace: String

    public init(isComplete: Bool, page: ResultSet.Answer, namespace: String = NS.mam) {
        self.isComplete = isComplete
        self.page = page
        self.namespace = namespace
    }

    /// The `fin` element. What it says of the messages stays true: the archive only grows, so it is stable.
    public var element: Element {
        Element("fin", namespace, ["complete": isComplete ? "true" : nil]) { page.element }
    }
}

/// What an archive holds (XEP-0313 §5): its first and its last message.
public struct ArchiveMetadata: Sendable, Equatable {
    /// One end of an archive.
    public struct End: Sendable, Equatable {
        public var id: String
        public var time: Moment

        public init(id: String, time: Moment) {
            self.id = id
            self.time = time
        }
    }

    /// The oldest and the newest message; nil: the archive is empty.
    public var ends: (start: End, end: End)?

    public init(ends: (start: End, end: End)?) { self.ends = ends }

    public static func == (left: Self, right: Self) -> Bool {
        left.ends?.start == right.ends?.start && left.ends?.end == right.ends?.end
    }

    /// The `metadata` element, empty for an empty archive.
    public var element: Element {
        Element("metadata", NS.mam) {
            if let ends {
                Element("start", NS.mam, ["id": ends.start.id, "timestamp": ends.start.time.xep0082])
                Element("end", NS.mam, ["id": ends.end.id, "timestamp": ends.end.time.xep0082])
            }
        }
    }
}

extension XMLWriter {
    /// Writes a result into the message that is open (XEP-0313 §4.2).
    ///
    /// - Parameters:
    ///   - namespace: the version it was asked in.
    ///   - stanza: writes the archived stanza, in `jabber:client`.
    public mutating func archiveResult(
        _ id: String, queryID: String?, at time: Moment, in namespace: String = NS.mam,
        _ stanza: (inout XMLWriter) -> Void
    ) {
        open("result", namespace)
        if let queryID { attribute("queryid", queryID) }
        attribute("id", id)
        forwarded(from: time, stanza)
        close()
    }

    /// Writes `<forwarded/>` (XEP-0297): a stanza of another time or another address.
    ///
    /// - Parameters:
    ///   - time: when it was sent; nil: just now.
    ///   - stanza: writes it, in `jabber:client`.
    public mutating func forwarded(from time: Moment? = nil, _ stanza: (inout XMLWriter) -> Void) {
        open("forwarded", NS.forward)
        if let time {
            open("delay", NS.delay)
            attribute("stamp", time.xep0082)
            close()
        }
        stanza(&self)
        close()
    }
}
