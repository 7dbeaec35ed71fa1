// A point in time, in milliseconds, and the texts XMPP writes for it.

/// A point in time with the precision XMPP uses: milliseconds.
///
/// The texts reach from the year 0001 to the year 9999; a moment outside is written as the nearest end.
public struct Moment: Sendable, Hashable, Comparable {
    /// Milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
    public var milliseconds: Int64

    /// The moment this many milliseconds after 1970-01-01T00:00:00Z.
    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// Reads the DateTime profile of XEP-0082: `CCYY-MM-DDThh:mm:ss[.sss](Z|±hh:mm)`.
    ///
    /// The Time Zone Definition is required; digits of a fraction beyond the third are dropped. As in XML Schema,
    /// `24:00:00` is the end of the day and an offset is at most 14 hours. Nil for every other text.
    public init?(xep0082 text: String) {
        guard let moment = MomentReader.dateTime(text) else { return nil }
        self = moment
    }

    /// Reads the stamp of `jabber:x:delay`: `CCYYMMDDThh:mm:ss` in UTC, or the DateTime profile, which XEP-0082 §4
    /// asks to accept there too. Nil for every other text.
    public init?(legacyStamp text: String) {
        guard let moment = MomentReader.legacyStamp(text) ?? MomentReader.dateTime(text) else { return nil }
        self = moment
    }

    /// The DateTime profile of XEP-0082 in UTC: `2002-10-13T23:58:37Z`, with three digits of a fraction
    /// unless they are zero.
    public var xep0082: String { MomentWriter.dateTime(self) }

    /// The stamp of `jabber:x:delay` in UTC, fraction dropped: `20021013T23:58:37` (XEP-0091, XEP-0082 §4).
    public var legacyStamp: String { MomentWriter.legacyStamp(self) }

    public static func < (left: Moment, right: Moment) -> Bool { left.milliseconds < right.milliseconds }

    /// The moment this long after (or before, if negative); what is finer than a millisecond is dropped.
    public static func + (moment: Moment, duration: Duration) -> Moment {
        let (seconds, attoseconds) = duration.components
        return Moment(milliseconds: moment.milliseconds + seconds * 1_000 + attoseconds / 1_000_000_000_000_000)
    }

    /// How long after `right` the moment `left` is.
    public static func - (left: Moment, right: Moment) -> Duration {
        .milliseconds(left.milliseconds - right.milliseconds)
    }
}
