import Addressing
import Containers
import Enforcement
import Netlink
import Policy
import Privilege
import Records
import Testing

@testable import Monitor

/// One block more or less among many, in the real kernel.
@Suite("A few blocks among many", .serialized)
struct FewTests {
    private func add(_ host: EnforcedHost, _ number: Int, for time: String = "1h") async throws -> BlockRecord {
        let address = "192.\(number >> 16 & 255).\(number >> 8 & 255).\(number & 255)"
        return try await host.block([
            "container": ["web"], "to": [address], "port": ["443"], "protocol": ["tcp"], "for": [time],
        ])
    }

    private func release(_ host: EnforcedHost, _ number: UInt64) async throws {
        guard case .done = try await host.ask(.release(BlockIdentifier(number), by: EnforcedHost.person)) else {
            throw EnforcedHost.Failure(description: "block \(number) is not let go")
        }
    }

    /// Elements as nft(8) lists them.
    private func elements(_ host: EnforcedHost) throws -> Set<String> {
        let words = try host.ruleset().split { $0 == "," || $0 == "{" || $0 == "}" || $0 == "\n" }
        return Set(words.map { $0.trimming() }.filter { $0.hasPrefix("\"v-web\" . 192") }.map(Self.key))
    }

    private static func key(_ element: String) -> String {
        element.split(separator: " ").prefix(3).joined(separator: " ")
    }

    /// Added and let go at random, the kernel has at each moment what the answers say.
    @Test func theKernelHasWhatWasAnswered() async throws {
        let host = try EnforcedHost()
        try host.add("web", 2)
        try host.begin()
        var generator = Generator(state: 7)
        var inForce: [UInt64: Int] = [:]
        for round in 0..<400 {
            if inForce.count > 5, generator.next() % 2 == 0, let number = inForce.keys.sorted().first {
                try await release(host, number)
                inForce[number] = nil
            } else {
                let block = try await add(host, 1000 + round)
                #expect(block.state == .holds)
                inForce[block.block.identifier.number] = 1000 + round
            }
            guard round % 50 == 49 else { continue }
            let wanted = inForce.values.map { "\"v-web\" . 192.\($0 >> 16 & 255).\($0 >> 8 & 255).\($0 & 255)" }
            let standing = try elements(host)
            #expect(standing == Set(wanted.map(Self.key)))
        }
        #expect(host.written.of(.failsOpen).isEmpty)
    }

    /// What somebody took away is noticed, also while blocks are added one by one, and mended.
    @Test func strangersAreNoticedBetweenChanges() async throws {
        let host = try EnforcedHost()
        try host.add("web", 2)
        try host.begin(ownsTables: false)
        for number in 1...20 { _ = try await add(host, number) }
        try host.run("/usr/sbin/nft", "delete", "table", "netdev", "portolan")
        let next = try await add(host, 21)
        #expect(next.state == .holds)
        try await host.wait("all stand again") { try elements(host).count == 21 }
        #expect(!host.written.of(.failsOpen).isEmpty)
    }

    /// A change among thousands costs what it is. The aim is a millisecond in a release build.
    @Test func oneAmongThousandsIsQuick() async throws {
        let host = try EnforcedHost()
        try host.add("web", 2)
        let now = Clock.now
        let key = ContainerKey(identifier: "web", generation: 1)
        let records = (1...5000).map { number in
            let address = IPAddress.v4(IPv4Address(bits: 0xc000_0000 | UInt32(number)))
            let target = BlockTarget.traffic(.prefix(IPPrefix(of: address)), Traffic())
            let order = BlockOrder(.container(key), target, options: [], reason: "", author: EnforcedHost.person)
            let block = Block(
                identifier: BlockIdentifier(UInt64(number)),
                order: order,
                from: now,
                until: now.adding(3_600_000_000_000)
            )
            return BlockRecord(.added, block, state: .holds, at: now)
        }
        try host.begin(with: records, firstNumber: 10_000)
        try await host.wait("all hold") { try await host.blocks().allSatisfy { $0.state == .holds } }
        var spans: [Duration] = []
        for number in 1...200 {
            let began = ContinuousClock.now
            let block = try await add(host, 100_000 + number)
            spans.append(ContinuousClock.now - began)
            #expect(block.state == .holds)
        }
        spans.sort()
        print("one block among 5,000: median \(spans[100]), 95 of 100 within \(spans[190])")
        #expect(spans[100] < .milliseconds(100))
    }
}

/// The same numbers in every run.
private struct Generator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 33
    }
}

extension Substring {
    fileprivate func trimming() -> String {
        var text = self
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
