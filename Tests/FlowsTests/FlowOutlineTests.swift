import Addressing
import Support
import Testing
import Wire

@testable import Flows

@Suite("Flows at first look")
struct FlowOutlineTests {
    private static func watch() -> FlowWatch {
        var configuration = FlowConfiguration()
        configuration.reportsStarts = true
        configuration.reportsAnswers = true
        return FlowWatch(configuration)
    }

    /// Conversations of either family, of either end of the key, with and without answers, in a tunnel and out of it.
    private static func converse(_ watch: FlowWatch) {
        let ends: [(IPAddress, IPAddress)] = [
            (.host(1), .host(2)), (.host(9), .host(3)), (.host6(1), .host6(2)), (.host6(9), .host6(3)),
        ]
        for (number, (client, server)) in ends.enumerated() {
            let second = Int64(number) * 10
            watch.see(PacketBuilder.segment(from: client, 40_000, to: server, 80, "S"), at: second)
            watch.see(PacketBuilder.segment(from: server, 80, to: client, 40_000, "SA"), at: second, 1000)
            watch.see(PacketBuilder.segment(from: client, 40_000, to: server, 80, "A"), at: second, 2000)
            let request = Array("GET /v1.41/info HTTP/1.1\r\nHost: api\r\n\r\n".utf8)
            watch.see(
                PacketBuilder.segment(from: client, 40_000, to: server, 80, "PA", request),
                at: second,
                3000
            )
            watch.see(PacketBuilder.segment(from: client, 40_001, to: server, 81, "S"), at: second, 4000)
            watch.see(PacketBuilder.segment(from: server, 81, to: client, 40_001, "RA"), at: second, 5000)
            watch.see(PacketBuilder.segment(from: client, 40_002, to: server, 82, "A"), at: second, 6000)
            watch.see(PacketBuilder.datagram(from: client, 40_003, to: server, 9), at: second, 7000)
            let inner = PacketBuilder.segment(from: client, 40_004, to: server, 83, "S")
            watch.see(PacketBuilder.vxlan(inner, 7), at: second, 8000)
        }
    }

    @Test func areWhatFlowsAreAsTheyBeginAndEnd() {
        let watch = Self.watch()
        Self.converse(watch)
        watch.finish()
        #expect(watch.begins.count == 20 && watch.ends.count == 20)
        for (outline, flow) in zip(watch.begins, watch.started) {
            #expect(Self.text(outline) == Self.text(FlowOutline(flow)))
        }
        for (outline, flow) in zip(watch.ends, watch.ended) {
            #expect(Self.text(outline) == Self.text(FlowOutline(flow)))
            #expect(outline.connectionState == flow.connectionState)
            #expect(outline.beginsWithSYN == (flow.firstHistoryLetter == UInt8(ascii: "S")))
            #expect(outline.source == flow.source && outline.destination == flow.destination)
            #expect(outline.isTunnelled == flow.isTunnelled && outline.hasApplication == flow.hasApplication)
        }
        #expect(watch.ends.count(where: \.hasApplication) == 4 && watch.ends.count(where: \.isTunnelled) == 4)
    }

    private static func text(_ outline: FlowOutline) -> String { "\(outline)" }

    @Test func whoHasSeenEnoughIsToldNoMore() {
        let watch = Self.watch()
        watch.firstLook = .enough
        Self.converse(watch)
        watch.advance(to: 100)
        #expect(watch.started.isEmpty && watch.settled.isEmpty && watch.answers.isEmpty)
        #expect(watch.ended.allSatisfy { !$0.isAwaited })
    }

    @Test func whoWaitsWithoutBeingToldHearsOfAnswers() {
        let watch = Self.watch()
        watch.firstLook = .awaited
        watch.isEnough = true
        Self.converse(watch)
        watch.advance(to: 40)
        #expect(watch.started.isEmpty && watch.answers.count == 4)
        // Refusals and silences are told whole.
        #expect(
            watch.settled.count { $0.outcome == .refused } == 4 && watch.settled.count { $0.outcome == .silent } == 12
        )
    }

    @Test func whatAFlowAskedForIsFoundWithoutTheRest() {
        let watch = Self.watch()
        Self.converse(watch)
        var paths: [String] = []
        for outline in watch.answers where outline.destinationPort == 80 {
            #expect(watch.table.book.httpPath(of: outline) == nil, "not said yet")
        }
        watch.advance(to: 41)
        for flow in watch.started where flow.destinationPort == 80 {
            if let current = watch.table.current(flow) {
                paths += watch.table.book.httpPath(of: FlowOutline(current)).map { [$0] } ?? []
            }
        }
        #expect(paths == Array(repeating: "/v1.41/info", count: 4))
    }
}
