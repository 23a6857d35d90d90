import Testing

@testable import Configuration

@Suite("Another configuration")
struct DifferenceTests {
    private let other: Configuration

    init() throws {
        other = try ReadText.configuration(
            """
            capture: {interfaces: [eth0], buffer_size: 32MiB}
            api: {group: adm, socket: /run/p.sock}
            metrics: {listen: localhost:9477}
            log: {level: debug}
            store: {path: "", size: 1GiB, audit: {age: 1d, size: 1MiB}}
            """
        )
    }

    @Test func isToldKeyByKeyWithWhatItTakes() {
        let differences = Configuration().differences(to: other)
        #expect(
            differences.map { "\($0.key): \($0.old) -> \($0.new) \($0.effect)" } == [
                "capture.interfaces: [] -> [eth0] atNextStart",
                "capture.buffer_size: 16MiB -> 32MiB atNextStart",
                "api.socket: /run/portolan/portolan.sock -> /run/p.sock atNextStart",
                "api.group: portolan -> adm atNextStart",
                "metrics.listen: \"\" -> localhost:9477 atNextStart",
                "log.level: info -> debug atOnce",
                "store.path: /var/lib/portolan/portolan.db -> \"\" atNextStart",
                "store.size: 4GiB -> 1GiB atOnce",
                "store.audit.age: 400d -> 1d atOnce",
                "store.audit.size: 64MiB -> 1MiB atOnce",
            ]
        )
        #expect(other.differences(to: other).isEmpty)
    }

    @Test func isInForceAsFarAsItCanBe() {
        let reloaded = Configuration().reloading(other)
        let left = reloaded.differences(to: other)
        #expect(
            left.map(\.key) == [
                "capture.interfaces", "capture.buffer_size", "api.socket", "api.group", "metrics.listen",
                "store.path",
            ]
        )
        #expect(left.allSatisfy { $0.effect == .atNextStart })
        #expect(reloaded.log.level == .debug && reloaded.store.audit.age == .seconds(86_400))
        #expect(reloaded.reloading(Configuration()) == Configuration())
    }

    /// What every key is in one configuration can be put into another, one after the other.
    @Test func everyKeyIsCopiedWhole() {
        var copy = Configuration()
        for key in ConfigurationSchema.keys { key.copy(other, &copy) }
        #expect(copy == other)
    }
}
