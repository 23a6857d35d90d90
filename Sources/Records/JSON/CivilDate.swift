/// A day of the proleptic Gregorian calendar.
package struct CivilDate: Hashable {
    package var year: Int64
    /// 1 to 12.
    package var month: Int64
    /// 1 to 31.
    package var day: Int64

    /// The day that is so many days after 1970-01-01, or before it.
    ///
    /// The calendar repeats after 400 years of 146,097 days. Years are counted from March, which puts the leap day at
    /// their end, and makes the lengths of months a straight line: five months have 153 days. Good for some
    /// quadrillion years; a `Timestamp` needs 585.
    package init(daysSinceEpoch: Int64) {
        let daysPerEra: Int64 = 146_097
        // 719,468 days lie between 0000-03-01 and 1970-01-01.
        let days = daysSinceEpoch + 719_468
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
}
