package import Addressing

/// A day of the proleptic Gregorian calendar.
package struct CivilDate: Hashable {
    package var year: Int64
    /// 1 to 12.
    package var month: Int64
    /// 1 to 31.
    package var day: Int64

    private static var daysPerEra: Int64 { 146_097 }
    /// From 0000-03-01 to 1970-01-01.
    private static var daysToEpoch: Int64 { 719_468 }

    /// The day that is so many days after 1970-01-01, or before it.
    ///
    /// The calendar repeats after 400 years of 146,097 days. Years are counted from March, which puts the leap day at
    /// their end, and makes the lengths of months a straight line: five months have 153 days. Good for some
    /// quadrillion years; a `Timestamp` needs 585.
    package init(daysSinceEpoch: Int64) {
        let daysPerEra = Self.daysPerEra
        let days = daysSinceEpoch + Self.daysToEpoch
        let era = (days >= 0 ? days : days - daysPerEra + 1) / daysPerEra
        let dayOfEra = days - era * daysPerEra
        let leapDays = dayOfEra / 1460 - dayOfEra / 36_524 + dayOfEra / (daysPerEra - 1)
        let yearOfEra = (dayOfEra - leapDays) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
    }

    /// The day a moment lies in, in UTC, and the seconds of that day that went before it: 0 to 86,399.
    package static func split(_ time: Timestamp) -> (date: Self, secondOfDay: Int64) {
        let secondsPerDay: Int64 = 86_400
        let seconds = time.seconds
        let days = seconds >= 0 ? seconds / secondsPerDay : (seconds + 1) / secondsPerDay - 1
        return (Self(daysSinceEpoch: days), seconds - days * secondsPerDay)
    }

    /// Days from 1970-01-01 to a date of the year 0 or later; nil when the calendar has no such date, such as 31 April.
    package static func daysSinceEpoch(year: Int64, month: Int64, day: Int64) -> Int64? {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let days = era * daysPerEra + 365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - daysToEpoch
        // What is no date comes back as another one.
        let date = Self(daysSinceEpoch: days)
        return date.year == year && date.month == month && date.day == day ? days : nil
    }
}
