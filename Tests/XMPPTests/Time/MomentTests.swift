// Moments: the texts of XEP-0082 and XEP-0091, read and written, and arithmetic.

import Testing
import XMPP

@Suite struct MomentTests {
    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0),
            // XEP-0082 §3.2: one moment, twice
            ("1969-07-21T02:56:15Z", -14_159_025_000),
            ("1969-07-20T21:56:15-05:00", -14_159_025_000),
            ("2002-10-13T23:58:37Z", 1_034_553_517_000),
            ("2002-10-13T23:58:37+00:00", 1_034_553_517_000),
            ("2002-10-13T23:58:37-00:00", 1_034_553_517_000),
            // fractions: any number of digits, those after the third dropped
            ("2002-10-13T23:58:37.1Z", 1_034_553_517_100),
            ("2002-10-13T23:58:37.12Z", 1_034_553_517_120),
            ("2002-10-13T23:58:37.123Z", 1_034_553_517_123),
            ("2002-10-13T23:58:37.123999999999Z", 1_034_553_517_123),
            ("2002-10-13T23:58:37.0009Z", 1_034_553_517_000),
            ("1969-12-31T23:59:59.999Z", -1),
            // offsets that cross a day, a month, a year
            ("2000-01-01T00:30:00+01:00", 946_683_000_000),
            ("1999-12-31T18:29:59-05:30", 946_684_799_000),
            ("2024-02-29T23:00:00-14:00", 1_709_298_000_000),
            // leap years
            ("2000-02-29T00:00:00Z", 951_782_400_000),
            ("2024-02-29T00:00:00Z", 1_709_164_800_000),
            ("2000-03-01T00:00:00Z", 951_868_800_000),
            ("1900-02-28T24:00:00Z", -2_203_891_200_000),
            ("1900-03-01T00:00:00Z", -2_203_891_200_000),
            // the ends of what four digits can say
            ("0001-01-01T00:00:00Z", -62_135_596_800_000),
            ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
        ] as [(String, Int64)])
    func reads(text: String, milliseconds: Int64) throws {
        #expect(try #require(Moment(xep0082: text)).milliseconds == milliseconds)
    }

    @Test(arguments: [
        "", "Z", "now", "2002-10-13", "2002-10-13T23:58:37", "2002-10-13 23:58:37Z", "2002-10-13t23:58:37z",
        "20021013T23:58:37Z", "2002-10-13T23:58Z", "2002-10-13T23:58:37.Z", "2002-10-13T23:58:37,5Z",
        "2002-10-13T23:58:37Z ", " 2002-10-13T23:58:37Z", "2002-10-13T23:58:37ZZ", "2002-10-13T23:58:37+0100",
        "2002-10-13T23:58:37+01", "2002-10-13T23:58:37+1:00", "2002-10-13T23:58:37+14:01", "2002-10-13T23:58:37-15:00",
        "2002-10-13T23:58:37+00:60", "2002-00-13T23:58:37Z", "2002-13-13T23:58:37Z", "2002-10-00T23:58:37Z",
        "2002-10-32T23:58:37Z", "2002-04-31T00:00:00Z", "2001-02-29T00:00:00Z", "1900-02-29T00:00:00Z",
        "2100-02-29T00:00:00Z", "2002-10-13T24:00:01Z", "2002-10-13T24:00:00.001Z", "2002-10-13T25:00:00Z",
        "2002-10-13T23:60:37Z", "2002-10-13T23:58:60Z", "0000-01-01T00:00:00Z", "-2002-10-13T23:58:37Z",
        "+2002-10-13T23:58:37Z", "12002-10-13T23:58:37Z", "202-10-13T23:58:37Z", "2002-1-13T23:58:37Z",
        "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "9999-12-31T24:00:00Z",
        "２００２-10-13T23:58:37Z", "2002-10-13T23:58:37.٣Z",
    ])
    func refuses(text: String) {
        #expect(Moment(xep0082: text) == nil)
    }

    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00Z", "19700101T00:00:00"),
            (1_034_553_517_000, "2002-10-13T23:58:37Z", "20021013T23:58:37"),
            (1_034_553_517_123, "2002-10-13T23:58:37.123Z", "20021013T23:58:37"),
            (1_034_553_517_007, "2002-10-13T23:58:37.007Z", "20021013T23:58:37"),
            (-1, "1969-12-31T23:59:59.999Z", "19691231T23:59:59"),
            (951_782_400_000, "2000-02-29T00:00:00Z", "20000229T00:00:00"),
            (4_107_542_399_999, "2100-02-28T23:59:59.999Z", "21000228T23:59:59"),
            (4_107_542_400_000, "2100-03-01T00:00:00Z", "21000301T00:00:00"),
            (Int64.min, "0001-01-01T00:00:00Z", "00010101T00:00:00"),
            (Int64.max, "9999-12-31T23:59:59.999Z", "99991231T23:59:59"),
        ] as [(Int64, String, String)])
    func writes(milliseconds: Int64, xep0082: String, legacy: String) {
        let moment = Moment(milliseconds: milliseconds)
        #expect(moment.xep0082 == xep0082)
        #expect(moment.legacyStamp == legacy)
    }

    // XEP-0082 §4: both forms are read where the old one is usual.
    @Test func readsLegacyStamps() {
        let moment = Moment(milliseconds: 1_034_553_517_000)
        #expect(Moment(legacyStamp: "20021013T23:58:37") == moment)
        #expect(Moment(legacyStamp: "2002-10-13T23:58:37Z") == moment)
        for text in ["20021013T23:58:37Z", "20021013", "20021013T235837", "20020229T00:00:00", "20021013T23:58:37.5"] {
            #expect(Moment(legacyStamp: text) == nil, "\(text)")
        }
    }

    /// Every day of three years round each turn of the calendar: written, read, and one after the other.
    @Test(arguments: ["1599", "1899", "1969", "1999", "2023", "2099", "2399"])
    func everyDayReturns(year: String) throws {
        var moment = try #require(Moment(xep0082: "\(year)-01-01T12:34:56.789Z"))
        var previous = ""
        for _ in 0..<3 * 365 {
            let text = moment.xep0082
            // Not an expectation each: thousands of them would take seconds.
            guard text > previous, Moment(xep0082: text) == moment else {
                Issue.record("\(moment.milliseconds) was written as \(text), after \(previous)")
                return
            }
            previous = text
            moment = moment + .seconds(86_400)
        }
        let last = try #require(Int(year)) + 2
        #expect(previous.hasPrefix("\(last)-12-3"))
    }

    @Test func countsAndCompares() {
        let moment = Moment(milliseconds: 1_000)
        #expect(moment + .seconds(2) == Moment(milliseconds: 3_000))
        #expect(moment + .milliseconds(-1_001) == Moment(milliseconds: -1))
        #expect(moment + .microseconds(1_999) == Moment(milliseconds: 1_001))
        #expect((moment + .seconds(3_600)) - moment == .seconds(3_600))
        #expect(moment - (moment + .milliseconds(5)) == .milliseconds(-5))
        #expect(moment < moment + .milliseconds(1))
    }
}
