package import Addressing
package import Graph

/// What a dashboard asks of whoever runs it; it does nothing by itself.
package enum DashboardRequest: Hashable, Sendable {
    /// Ends the program.
    case quit
    /// Stops it, as `Ctrl-z` does.
    case suspend
    /// Packets of these edges, from now on; of a file those that it has. Answered with `Dashboard.take(_: PacketList)`.
    case packets(Set<EdgeKey>)
    /// Nobody looks at packets any more.
    case noPackets
    /// Writes the packets that are shown to a pcapng file.
    case savePackets(path: String)
    /// Writes text to a file: an exported chart, a record.
    case save(path: String, text: String)
    /// What was so between two moments, from whoever remembers more than the snapshot has; nil: what is now.
    case past(Range<Int64>?)
    /// A graph that was saved, to compare with. Answered with `Dashboard.take(baseline:named:)`.
    case baseline(path: String)
    /// Writes what is drawn to a file, in the form that its name ends with.
    case export(path: String)
    case play(PlaybackChange)
    /// Reads no further; what was read stays.
    case stopReading
    /// Draws all of the screen anew, whatever is on it.
    case redraw
}

/// What is to become of a file that is played.
package enum PlaybackChange: Hashable, Sendable {
    case pause, resume
    case speed(Double)
    case seek(Timestamp)
}
