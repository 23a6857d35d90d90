/// How long a watch waits for what.
package struct RuntimeTiming: Hashable, Sendable {
    /// For an answer. A runtime that takes longer is told to be unreachable.
    package var answer: Duration = .seconds(10)
    /// Before it is asked again after it failed: at first, doubled each time up to `longestPause`.
    package var shortestPause: Duration = .milliseconds(200)
    package var longestPause: Duration = .seconds(5)
    /// Between looks at whether the socket is another one, or there at last; then it is asked at once.
    package var glance: Duration = .milliseconds(250)
    /// Between two lists of all containers. They find what events did not tell, and a runtime that hangs while its events
    /// stay open, as they do when nothing happens.
    package var sweep: Duration = .seconds(60)
    /// At least so long between two lists that are asked for because a container is expected.
    package var spacing: Duration = .milliseconds(100)
    /// A connection that lasted this long makes the next pause a short one again.
    package var steady: Duration = .seconds(10)

    package init() {}
}
