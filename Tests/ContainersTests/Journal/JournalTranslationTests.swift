import Addressing
import Containers
import Testing

@Suite("Translations")
struct JournalTranslationTests {
    private func end(_ address: String, _ port: UInt16) -> Translation.End {
        Translation.End(address: .text(address), port: port)
    }

    /// A client reaches a published port, and is masqueraded on top.
    private var published: Translation {
        Translation(
            namespace: JournalWatch.host,
            protocolNumber: 6,
            originalSource: end("10.88.0.2", 50_000),
            originalDestination: end("10.88.0.1", 8080),
            replySource: end("172.17.0.2", 80),
            replyDestination: end("172.17.0.1", 50_000)
        )
    }

    @Test func isFoundOnEitherSideAndInEitherDirection() {
        let watch = JournalWatch()
        watch.apply(.translation(published))
        func find(_ source: Translation.End, _ destination: Translation.End) -> Bool? {
            watch.journal.translation(
                protocolNumber: 6,
                source: source,
                destination: destination,
                at: .milliseconds(watch.time)
            )?.isReply
        }
        #expect(find(end("10.88.0.2", 50_000), end("10.88.0.1", 8080)) == false)
        #expect(find(end("10.88.0.1", 8080), end("10.88.0.2", 50_000)) == true)
        #expect(find(end("172.17.0.1", 50_000), end("172.17.0.2", 80)) == false)
        #expect(find(end("172.17.0.2", 80), end("172.17.0.1", 50_000)) == true)
        #expect(find(end("10.88.0.2", 50_001), end("10.88.0.1", 8080)) == nil)
        #expect(published.realSource == end("10.88.0.2", 50_000))
        #expect(published.realDestination == end("172.17.0.2", 80))
        #expect(published.shownSource == end("172.17.0.1", 50_000))
        #expect(published.shownDestination == end("10.88.0.1", 8080))
    }

    @Test func isThatOfItsNamespaceAndItsTime() {
        let watch = JournalWatch()
        watch.time += 60_000
        watch.apply(.translation(published))
        watch.time += 5000
        watch.apply(.translationGone(published))
        func isFound(after delay: Int64, in namespace: UInt64? = nil) -> Bool {
            watch.journal.translation(
                protocolNumber: 6,
                source: published.originalSource,
                destination: published.originalDestination,
                namespace: namespace.map { NetworkNamespace(inode: $0) },
                at: .milliseconds(watch.time + delay)
            ) != nil
        }
        #expect(isFound(after: -1))
        #expect(isFound(after: -7000))
        #expect(!isFound(after: -7001))
        #expect(!isFound(after: 0))
        #expect(isFound(after: -1, in: 1))
        #expect(!isFound(after: -1, in: 2))
    }

    @Test func namesTheContainerBehindAPublishedPort() {
        let watch = JournalWatch()
        watch.veth(4, to: 40, addresses: "172.17.0.2/16")
        watch.container("web", in: 40)
        let identity = watch.who("172.17.0.2") { question in
            question.isTranslated = true
            // Of the frame, which was for the host.
            question.hardwareAddress = MACAddress(bits: 0x0242_0a00_0002)
        }
        #expect(identity.name == "web")
        #expect(identity.method == .conntrack)
    }

    @Test func goesWithItsNamespace() {
        let watch = JournalWatch()
        var inner = published
        inner.namespace = NetworkNamespace(inode: 40)
        watch.apply(.translation(inner))
        watch.apply(.translation(inner))
        watch.apply(.translation(published))
        watch.time += 5000
        watch.apply(.namespaceGone(NetworkNamespace(inode: 40)))
        let found = watch.journal.translation(
            protocolNumber: 6,
            source: published.originalSource,
            destination: published.originalDestination,
            at: .milliseconds(watch.time)
        )
        #expect(found?.translation.namespace == JournalWatch.host)
    }
}
