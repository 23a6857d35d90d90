import Addressing
import Containers

/// Who waits for callers, and what runs beside what on a host.
struct ListenerDetectors: Sendable {
    init(_ thresholds: Thresholds) {}

    mutating func take(_ entry: JournalEntry, to alerts: inout [Alert]) {}

    /// Says that it is that time, although nothing happened.
    mutating func advance(to time: Timestamp, to alerts: inout [Alert]) {}
}
