package import Addressing

/// How far the clock of whoever wrote a file was from another one's.
package struct ClockShift: Hashable, Sendable {
    /// Nanoseconds it was ahead at `reference`; below zero it was behind.
    package var offset: Int64

    /// Seconds that it gains in a second.
    package var drift: Double

    /// By the other clock.
    package var reference: Timestamp

    package init(offset: Int64, drift: Double = 0, reference: Timestamp = Timestamp(nanoseconds: 0)) {
        self.offset = offset
        self.drift = drift
        self.reference = reference
    }

    /// The same moment by the other clock. What falls off either end of time stays there.
    package func corrected(_ time: Timestamp) -> Timestamp {
        let (moment, overflow) = time.nanoseconds.subtractingReportingOverflow(offset)
        if overflow { return Timestamp(nanoseconds: offset < 0 ? .max : .min) }
        guard drift != 0 else { return Timestamp(nanoseconds: moment) }
        let (since, isFar) = moment.subtractingReportingOverflow(reference.nanoseconds)
        let gained = Int64(Double(isFar ? 0 : since) * (drift / (1 + drift)))
        let (corrected, isTooFar) = moment.subtractingReportingOverflow(gained)
        return Timestamp(nanoseconds: isTooFar ? moment : corrected)
    }
}
