/// What an installed agent is told: the files of `Docs/Configuration.md` as one value.
///
/// A new one is what holds without any file. Every value that `read(_:)` returns is within its bounds; whoever sets one by hand
/// keeps to those its comment names.
package struct Configuration: Hashable, Sendable {
    package var capture = Capture()
    package var containers = Containers()
    package var api = API()
    package var metrics = Metrics()
    package var log = Log()
    package var store = Store()
    package var enforcement = Enforcement()
    package var recording = Recording()
    package var cases = Cases()

    package init() {}
}
