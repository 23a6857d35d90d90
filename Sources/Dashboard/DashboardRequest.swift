package import Addressing

/// What a dashboard asks of whoever runs it; it does nothing by itself.
package enum DashboardRequest: Hashable, Sendable {
    /// Ends the program.
    case quit
    /// Stops it, as `Ctrl-z` does.
    case suspend
    /// Packets, from now on; of a file those that it has. Answered with `Dashboard.take(_: PacketList)`.
    case packets(PacketChoice)
    /// Nobody looks at packets any more.
    case noPackets
    /// Something about blocks. Answered with `Dashboard.take(_: BlockReply)`.
    case blocks(BlockAsk)
    /// Writes the packets that are shown to a pcapng file.
    case savePackets(path: String)
    /// What was so between two moments, from whoever remembers more than the snapshot has; nil: what is now.
    case past(Range<Int64>?)
    /// A graph that was saved, to compare with. Answered with `Dashboard.take(baseline:named:)`.
    case baseline(path: String)
    /// Plays a file, or does with one that is played what is said.
    case play(PlaybackChange)
    /// Reads no further; what was read stays.
    case stopReading
    /// Draws all of the screen anew, whatever is on it.
    case redraw
}

/// What is to become of a file that is played.
package enum PlaybackChange: Hashable, Sendable {
    /// Begins to play it, from a moment on; nil: from its first packet on.
    case start(Timestamp?)
    case pause, resume
    /// Seconds of the file for one of the clock's.
    case speed(Double)
    /// Goes to where all that passed before a moment is shown, and nothing else.
    case seek(Timestamp)
    /// Plays it no more: all of it is shown.
    case end
}
