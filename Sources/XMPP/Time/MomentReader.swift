// Reads the date and time texts of XMPP.

/// Reads one text from its start to its end; every step is nil or false where the text does not go on as it must.
struct MomentReader {
    private var rest: Substring.UTF8View

    private init(_ text: String) {
        rest = text[...].utf8
    }

    /// The DateTime profile of XEP-0082 §3.2.
    static func dateTime(_ text: String) -> Moment? {
        var reader = MomentReader(text)
        guard let year = reader.number(4), reader.take("-"),
            let month = reader.number(2), reader.take("-"),
            let day = reader.number(2), reader.take("T"),
            let time = reader.timeOfDay(fraction: true),
            let offset = reader.zone(), reader.rest.isEmpty
        else { return nil }
        return moment(year, month, day, time - offset)
    }

    /// `CCYYMMDDThh:mm:ss`, in UTC (XEP-0082 §4).
    static func legacyStamp(_ text: String) -> Moment? {
        var reader = MomentReader(text)
        guard let year = reader.number(4), let month = reader.number(2), let day = reader.number(2),
            reader.take("T"), let time = reader.timeOfDay(fraction: false), reader.rest.isEmpty
        else { return nil }
        return moment(year, month, day, time)
    }

    private static func moment(_ year: Int64, _ month: Int64, _ day: Int64, _ milliseconds: Int64) -> Moment? {
        guard let date = CivilDate(year: year, month: month, day: day) else { return nil }
        let result = Moment(milliseconds: date.daysSince1970 * CivilDate.dayLength + milliseconds)
        return CivilDate.writable.contains(result.milliseconds) ? result : nil
    }

    /// `hh:mm:ss[.s…]` in milliseconds since midnight.
    private mutating func timeOfDay(fraction: Bool) -> Int64? {
        guard let hour = number(2), take(":"), let minute = number(2), take(":"), let second = number(2),
            hour <= 24, minute <= 59, second <= 59
        else { return nil }
        var milliseconds: Int64 = 0
        if fraction, take(".") {
            guard let read = fractionDigits() else { return nil }
            milliseconds = read
        }
        let result = ((hour * 60 + minute) * 60 + second) * 1_000 + milliseconds
        return result <= CivilDate.dayLength ? result : nil
    }

    /// The digits after the point, as whole milliseconds; at least one digit.
    private mutating func fractionDigits() -> Int64? {
        guard var unit = digit().map({ $0 * 100 }) else { return nil }
        var scale: Int64 = 10
        while let next = digit() {
            unit += next * scale
            scale /= 10
        }
        return unit
    }

    /// `Z` or `±hh:mm`, in milliseconds ahead of UTC.
    private mutating func zone() -> Int64? {
        if take("Z") { return 0 }
        let sign: Int64
        if take("+") { sign = 1 } else if take("-") { sign = -1 } else { return nil }
        guard let hour = number(2), take(":"), let minute = number(2), minute <= 59, hour * 60 + minute <= 14 * 60
        else { return nil }
        return sign * (hour * 60 + minute) * 60_000
    }

    private mutating func number(_ digits: Int) -> Int64? {
        var result: Int64 = 0
        for _ in 0..<digits {
            guard let next = digit() else { return nil }
            result = result * 10 + next
        }
        return result
    }

    private mutating func digit() -> Int64? {
        guard let byte = rest.first, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
        rest.removeFirst()
        return Int64(byte - UInt8(ascii: "0"))
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: scalar) else { return false }
        rest.removeFirst()
        return true
    }
}
