// A day of the Gregorian calendar, and its number counted from 1970-01-01.

/// A day of the proleptic Gregorian calendar.
struct CivilDate: Equatable {
    /// 1 to 9999.
    let year: Int64
    /// 1 to 12.
    let month: Int64
    /// 1 to 31.
    let day: Int64

    /// Milliseconds of a day.
    static let dayLength: Int64 = 86_400_000
    /// The milliseconds since 1970 which four digits of a year can express: 0001-01-01 up to the end of 9999.
    static let writable: ClosedRange<Int64> = -62_135_596_800_000...253_402_300_799_999

    /// Nil when there is no such day.
    init?(year: Int64, month: Int64, day: Int64) {
        guard (1...9_999).contains(year), (1...12).contains(month),
            day >= 1, day <= Self.length(ofMonth: month, year: year)
        else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// The day with this number; 0 is 1970-01-01.
    init(daysSince1970 number: Int64) {
        let (era, day) = (number + Self.daysToMarchOfYear0).flooredDivision(by: Self.daysPerEra)
        let yearOfEra = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365
        let dayOfYear = day - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchBased = (5 * dayOfYear + 2) / 153
        self.day = dayOfYear - (153 * marchBased + 2) / 5 + 1
        month = marchBased < 10 ? marchBased + 3 : marchBased - 9
        year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
    }

    /// Its number; 0 is 1970-01-01.
    var daysSince1970: Int64 {
        // Years counted from March, so that the leap day is the last day of its year.
        let (era, yearOfEra) = (month <= 2 ? year - 1 : year).flooredDivision(by: 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * Self.daysPerEra + dayOfEra - Self.daysToMarchOfYear0
    }

    /// Days of the 400 years after which the calendar repeats.
    private static let daysPerEra: Int64 = 146_097
    /// Days from March 1 of the year 0 to 1970-01-01.
    private static let daysToMarchOfYear0: Int64 = 719_468

    private static func length(ofMonth month: Int64, year: Int64) -> Int64 {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }
}

extension Int64 {
    /// Quotient and remainder of a division rounded down, so that the remainder is never negative.
    func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
