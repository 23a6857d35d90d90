import Addressing
import Containers
import Foundation
import Policy
import Testing
import Wire

@testable import Detection

@Suite("Dangerous destinations")
struct DestinationTests {
    private let web = Stream.pod("web", "10.0.0.2")

    private func feeds() throws -> FeedTables {
        let folder = FileManager.default.temporaryDirectory.appending(path: "feeds-\(UInt64.random(in: 0...(.max)))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (blocks, names) = (folder.appending(path: "a"), folder.appending(path: "d"))
        try Data("198.51.100.0/24\n".utf8).write(to: blocks)
        try Data("evil.example\n".utf8).write(to: names)
        return FeedTables.load([
            Feed(name: "drop", file: blocks.path, format: .addresses),
            Feed(name: "malware", file: names.path, format: .domains),
        ]).tables
    }

    private func outside(_ address: String) -> Party {
        Party(Stream.host(address), kind: .outside, confidence: .certain)
    }

    @Test func anAddressOnAFeedIsToldAtOnce() throws {
        var stream = Stream(DeclaredPolicy(), feeds: try feeds())
        stream.call(web, outside("203.0.113.9"))
        #expect(stream.rules.isEmpty)
        stream.call(web, outside("198.51.100.9"))
        #expect(stream.rules == ["destination.listed"])
        #expect(
            stream.alerts.first?.message == "web called 198.51.100.9 on TCP 443: 198.51.100.9 is on the feed drop"
        )
    }

    @Test func soIsTheNameThatWasAskedFor() throws {
        var stream = Stream(DeclaredPolicy(), feeds: try feeds())
        stream.call(web, outside("203.0.113.9"), name: "c2.evil.example")
        #expect(
            stream.alerts.map(\.message) == [
                "web called c2.evil.example (203.0.113.9) on TCP 443: c2.evil.example is on the feed malware"
            ]
        )
        // Known from the first bytes only.
        var late = Stream(DeclaredPolicy(), feeds: try feeds())
        let flow = late.call(web, outside("203.0.113.9"))
        #expect(late.rules.isEmpty)
        late.goOn(flow) { $0.name = "evil.example" }
        #expect(late.rules == ["destination.listed"])
    }

    @Test func aLookUpIsToldForLess() throws {
        var stream = Stream(DeclaredPolicy(), feeds: try feeds())
        stream.detectors.take(
            NameAnswer(
                "x.evil.example",
                type: .a,
                code: .nameError,
                length: 60,
                answers: 0,
                for: web,
                from: Stream.host("10.0.0.1"),
                at: Stream.time(1)
            )
        )
        stream.collect()
        #expect(stream.alerts.map(\.severity) == [DestinationDetector.lookUpSeverity])
    }

    @Test func whoIsCalledFromOutsideIsNotWhoCalls() throws {
        var stream = Stream(DeclaredPolicy(), feeds: try feeds())
        stream.call(outside("198.51.100.9"), web)
        #expect(stream.rules.isEmpty)
    }

    @Test(arguments: ["169.254.169.254", "fd00:ec2::254"])
    func theMetadataServiceIsForTheHost(address: String) {
        var stream = Stream(DeclaredPolicy())
        let service = Party(Stream.host(address))
        stream.call(Party(Stream.host("10.0.0.1"), kind: .host, confidence: .certain), service, 80)
        stream.call(web, service, 80)
        #expect(stream.rules == ["destination.metadata", "destination.metadata"])
        #expect(stream.alerts.map(\.severity) == [DestinationDetector.hostSeverity, 60])
    }

    @Test func aMiningPoolsProtocolIsToldWhereverItIsSpoken() {
        var stream = Stream(DeclaredPolicy())
        let flow = stream.call(web, outside("203.0.113.9"), 3333)
        #expect(stream.rules.isEmpty)
        stream.goOn(flow) { $0.application = .stratum }
        #expect(stream.rules == ["destination.mining"])
    }

    @Test func imagesThatAreNotApprovedAreToldOnceForEachRun() {
        var policy = DeclaredPolicy()
        func run(_ image: String, _ identifier: String) -> JournalEntry {
            var container = Container(key: ContainerKey(identifier: identifier, generation: 1))
            container.description.image = image
            container.description.name = identifier
            return JournalEntry(time: Stream.time(1), change: .container(container))
        }
        for approved in [[], ["registry.example.org/*"]] {
            policy.approvedImages = approved.map { NamePattern($0) }
            var stream = Stream(policy)
            for entry in [
                run("registry.example.org/web:1", "a"), run("docker.io/xmrig:latest", "b"),
                run("docker.io/xmrig:latest", "b"),
            ] {
                stream.detectors.take(entry)
            }
            stream.collect()
            #expect(
                stream.alerts.map(\.message)
                    == (approved.isEmpty ? [] : ["b runs the image docker.io/xmrig:latest, which is not approved"])
            )
            #expect(stream.alerts.allSatisfy { !$0.source.hasAddress })
        }
    }
}
