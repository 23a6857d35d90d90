/// What is known of the clock that one file's times are from, beside that of the file named first.
package struct CaptureClock: Hashable, Sendable {
    package enum Finding: Hashable, Sendable {
        /// Nanoseconds it is ahead, give or take so many; and seconds that it gains in a second.
        case found(offset: Int64, uncertainty: Int64, drift: Double)
        /// Somebody said how far it is ahead.
        case told(offset: Int64)
        /// Too few packets are in both.
        case tooFew
        /// All of them went one way, which does not tell a clock from a delay.
        case oneWay
        /// No two of them that went each way are close enough in time to tell which way is which.
        case farApart
        case contradictory
    }

    package var file: String
    /// The file whose clock counts.
    package var standard: String
    /// The file it was compared with, where that is another one whose clock is known.
    package var via: String?
    /// Packets that are in both, and could be compared.
    package var packets: Int
    package var finding: Finding

    package init(file: String, standard: String, packets: Int, finding: Finding) {
        self.file = file
        self.standard = standard
        self.packets = packets
        self.finding = finding
    }

    /// Whether it is known how far it is ahead, from packets.
    package var isFound: Bool {
        if case .found = finding { true } else { false }
    }

    /// Whether packets of it were looked at.
    package var isCompared: Bool {
        if case .told = finding { false } else { true }
    }
}

extension CaptureClock: CustomStringConvertible {
    package var description: String {
        switch finding {
        case .found(let offset, let uncertainty, let drift):
            let gain = drift == 0 ? "" : ", gains \(Self.decimal(Int64((drift * 1e9).rounded()), 3)) µs in a second"
            return "\(file): its clock is \(Self.distance(offset)) \(standard)'s"
                + " (give or take \(Self.decimal(uncertainty, 9)) s\(gain); \(packets) packets are in \(via ?? "both")); set right"
        case .told(let offset):
            return "\(file): its clock is \(Self.distance(offset)) \(standard)'s, as you say; set right"
        case .tooFew:
            return "\(file): \(packets) packets of it are in \(standard), too few to compare clocks; \(Self.left)"
        case .oneWay:
            return "\(file): the packets of it that are in \(standard) went one way only, "
                + "which does not tell a clock from a delay; \(Self.left)"
        case .farApart:
            return "\(file): no two packets of it that are in \(standard) and went each way are within a second, "
                + "which it takes to tell the ways apart; \(Self.left)"
        case .contradictory:
            return
                "\(file): the packets of it that are in \(standard) contradict each other about its clock; \(Self.left)"
        }
    }

    private static var left: String { "its times are left as they are" }

    private static func distance(_ offset: Int64) -> String {
        "\(decimal(Int64(clamping: offset.magnitude), 9)) s \(offset < 0 ? "behind" : "ahead of")"
    }

    /// A number of so many decimal places, all of them told.
    private static func decimal(_ value: Int64, _ places: Int) -> String {
        let digits = String(value.magnitude)
        let padded = String(repeating: "0", count: max(places + 1 - digits.count, 0)) + digits
        return (value < 0 ? "-" : "") + padded.dropLast(places) + "." + padded.suffix(places)
    }
}
