import Foundation
import Testing

/// Everything that makes hosts: one after the other, as each takes both cores and the kernel's tables are shared.
@Suite("Live", .serialized) enum Live {
    /// Whether there is time for as many of everything as figures are told of; else for what shows that it works.
    static let isThorough = ProcessInfo.processInfo.environment["PORTOLAN_THOROUGH"] == "1"
}
