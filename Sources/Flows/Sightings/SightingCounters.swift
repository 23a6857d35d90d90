/// How often a table of sightings told, held back and gave way.
public struct SightingCounters: Hashable, Sendable {
    /// Sightings that were told.
    public var told: UInt64 = 0
    /// Repeats that were counted only.
    public var repeated: UInt64 = 0
    /// Facts forgotten because the table was full, though they were held back still, or had repeats nobody was told of.
    public var forgotten: UInt64 = 0
    /// Messages that were cut off, or contradicted their protocol.
    public var unreadable: UInt64 = 0
}
