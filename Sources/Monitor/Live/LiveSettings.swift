package import Addressing
package import Capture
package import Containers
package import Pipeline
package import Runtimes

/// What a live session is told before it starts.
package struct LiveSettings {
    /// The interfaces to capture on, by name; empty for all of this host.
    package var interfaces: [String] = []
    /// Snapshot length, buffer, filter.
    package var capture = LiveOptions()
    package var pipeline = PipelineSettings()
    package var places = WatchedPlaces()
    /// Whether the caller's thread, and all that come of it, give up their capabilities for good.
    package var renouncesCapabilities = false
    /// Whether somebody changes tables in the kernel meanwhile, who shall not wait while the host is looked at.
    package var enforces = false
    /// Where runtimes may answer.
    package var runtimes: [RuntimeSocket] = []
    /// Which labels say whose a container is, and what for.
    package var labels = LabelKeys()

    /// Who else learns what becomes so of the host, from its beginning on.
    package var follower: Inbox<JournalEntry>?

    /// Who is told all that the pipeline is told, from the beginning on, on the thread that captures.
    package var log: (any InputLog)?

    /// Whether flows that go on are told of every second where few are open, every 10 s or every 60 s where more are, in place of
    /// what `pipeline` says.
    package var adaptsUpdates = false
    /// What time it is: the clock that frames are dated by.
    package var now: @Sendable () -> Timestamp = { Clock.now }

    package init() {}
}
