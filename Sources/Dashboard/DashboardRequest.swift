/// What a dashboard asks of whoever runs it; it does nothing by itself.
package enum DashboardRequest: Hashable, Sendable {
    /// Ends the program.
    case quit
    /// Stops it, as `Ctrl-z` does.
    case suspend
    /// Writes the packets that are shown to a pcapng file.
    case savePackets(path: String)
    /// What was so between two moments, from whoever remembers more than the snapshot has; nil: what is now.
    case past(Range<Int64>?)
    /// A graph that was saved, to compare with. Answered with `Dashboard.take(baseline:named:)`.
    case baseline(path: String)
    /// Reads no further; what was read stays.
    case stopReading
    /// Draws all of the screen anew, whatever is on it.
    case redraw
}
