package import Capture
package import Pipeline

/// What a live session is told before it starts.
package struct LiveSettings: Sendable {
    /// The interfaces to capture on, by name; empty for all of this host.
    package var interfaces: [String] = []
    /// Snapshot length, buffer, filter.
    package var capture = LiveOptions()
    package var pipeline = PipelineSettings()
    package var places = WatchedPlaces()

    package init() {}
}
