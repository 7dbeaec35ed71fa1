// Writes the date and time texts of XMPP.

enum MomentWriter {
    /// The DateTime profile of XEP-0082 in UTC.
    static func dateTime(_ moment: Moment) -> String {
        let (date, time) = parts(moment)
        return string(capacity: 24) { text in
            append(date, separator: UInt8(ascii: "-"), to: &text)
            append(time, to: &text)
            let fraction = time % 1_000
            if fraction != 0 {
                text.append(UInt8(ascii: "."))
                append(fraction, digits: 3, to: &text)
            }
            text.append(UInt8(ascii: "Z"))
        }
    }

    /// `CCYYMMDDThh:mm:ss`, in UTC.
    static func legacyStamp(_ moment: Moment) -> String {
        let (date, time) = parts(moment)
        return string(capacity: 17) { text in
            append(date, separator: nil, to: &text)
            append(time, to: &text)
        }
    }

    private static func parts(_ moment: Moment) -> (date: CivilDate, time: Int64) {
        let range = CivilDate.writable
        let milliseconds = min(max(moment.milliseconds, range.lowerBound), range.upperBound)
        let (days, time) = milliseconds.flooredDivision(by: CivilDate.dayLength)
        return (CivilDate(daysSince1970: days), time)
    }

    private static func string(capacity: Int, _ write: (inout [UInt8]) -> Void) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(capacity)
        write(&text)
        return String(decoding: text, as: UTF8.self)
    }

    private static func append(_ date: CivilDate, separator: UInt8?, to text: inout [UInt8]) {
        append(date.year, digits: 4, to: &text)
        if let separator { text.append(separator) }
        append(date.month, digits: 2, to: &text)
        if let separator { text.append(separator) }
        append(date.day, digits: 2, to: &text)
    }

    /// Appends `Thh:mm:ss` for a count of milliseconds since midnight.
    private static func append(_ time: Int64, to text: inout [UInt8]) {
        let seconds = time / 1_000
        text.append(UInt8(ascii: "T"))
        append(seconds / 3_600, digits: 2, to: &text)
        text.append(UInt8(ascii: ":"))
        append(seconds / 60 % 60, digits: 2, to: &text)
        text.append(UInt8(ascii: ":"))
        append(seconds % 60, digits: 2, to: &text)
    }

    private static func append(_ number: Int64, digits: Int, to text: inout [UInt8]) {
        var scale: Int64 = 1
        for _ in 1..<digits { scale *= 10 }
        while scale > 0 {
            text.append(UInt8(ascii: "0") + UInt8(number / scale % 10))
            scale /= 10
        }
    }
}
