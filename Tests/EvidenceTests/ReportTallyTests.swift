import Addressing
import Containers
import Enforcement
import Policy
import Records
import Testing

@testable import Evidence

@Suite("Report")
struct ReportTallyTests {
    @Test func everyRuleBelongsToOneSectionWhoseCommandAsksForIt() throws {
        for rule in AlertRecord.rules + ["enforcement.fail_open"] {
            let topic = ReportTopic(rule: rule)
            var filter = AlertFilter()
            let isAsked = filter.ask(rules: topic.rules.joined(separator: ","))
            #expect(isAsked)
            #expect(filter.holds(severity: 50, rule: rule), "\(rule)")
            for other in ReportTopic.allCases where other != topic && !other.rules.isEmpty {
                var strange = AlertFilter()
                _ = strange.ask(rules: other.rules.joined(separator: ","))
                #expect(!strange.holds(severity: 50, rule: rule), "\(rule) is in \(other), too")
            }
        }
        #expect(ReportTopic.findings.rules.contains("flood") && !ReportTopic.findings.rules.contains("baseline"))
        #expect(ReportTopic(rule: "crossing.undeclared") == .crossings)
        #expect(ReportTopic(rule: "sweep.arp") == .scans)
        #expect(ReportTopic(rule: "something.new") == .findings)
    }

    @Test func theWorstAlertsComeFirstAndAllAreCounted() {
        var tally = Sample.tally()
        for number in 0..<5000 { tally.take(Sample.alert("scan.vertical", severity: 70, at: 100 + Int64(number % 90))) }
        tally.take(Sample.alert("scan.block", severity: 95, at: 180))
        let report = tally.made
        #expect(report.total(.scans, "alerts: scans of ports and hosts, sweeps") == .count(5001))
        let rows = report.rows(.scans, "alerts")
        #expect(
            rows.count == 100 && rows.first?.cells.first == .number(95) && rows.first?.cells[2] == .text("scan.block")
        )
        #expect(report.sections.first { $0.topic == .scans }?.tables.last?.leftOut == 4901)
        let time = "1970-01-01T00:03:00Z"
        #expect(rows.first?.command?.text.contains("--since \(time) --until \(time) --rule scan.block") == true)
    }

    @Test func namesOnlyParagraphsThatThereAre() {
        // Of the table of contents of NIST SP 800-190.
        let known = ["3.3.3", "3.4.2", "4.3.3", "4.3.4", "4.3.5", "4.4.2", "4.4.4", "4.4.5", "6.2", "6.4"]
        for topic in ReportTopic.allCases {
            #expect(!topic.paragraphs.isEmpty && Set(topic.paragraphs).isSubset(of: known), "\(topic)")
        }
        #expect(Sample.tally().made.sections.map(\.topic) == ReportTopic.allCases)
    }

    @Test func aLossThatNobodyCountedIsUnknown() {
        var tally = Sample.tally()
        var gap = ReportGap(time: Sample.time(150), since: Sample.time(140), reason: "capture")
        gap.dropped = 5
        tally.take(gap)
        #expect(tally.made.total(.loss, "packets dropped then") == .count(5))
        gap.dropped = nil
        tally.take(gap)
        #expect(tally.made.total(.loss, "times that packets were dropped") == .count(2))
        #expect(tally.made.total(.loss, "packets dropped then") == .unknown)
        #expect(tally.made.total(.loss, "share of packets lost") == .unknown)
        tally.losses = ReportTally.Losses(packets: 75, dropped: 25)
        #expect(tally.made.total(.loss, "share of packets lost") == .share(0.25))
        let seconds = tally.made.rows(.blindSpots, "gaps").first?.cells.last
        #expect(seconds == .count(20))
    }

    @Test func aCaptureKnowsNothingOfBlocksAndGaps() {
        var tally = Sample.tally(.captures(.init(files: ["a.pcap"], identity: nil, policy: nil)))
        tally.hasMemory = false
        #expect(tally.made.rows(.blocks).isEmpty)
        #expect(tally.made.sections.first { $0.topic == .blocks }?.remarks.first?.hasPrefix("Unknown") == true)
        #expect(tally.made.rows(.blindSpots, "gaps").isEmpty)
    }

    @Test func whatEndedBeforeThePeriodWasNotThere() {
        var tally = Sample.tally()
        let namespace = NetworkNamespace(inode: 7)
        let key = InterfaceKey(namespace: namespace, index: 3)
        var bridge = Interface(key: key, name: "br0")
        bridge.kind = "bridge"
        let listener = Listener(
            namespace: namespace,
            protocolNumber: 6,
            address: IPAddress.v4(IPv4Address(bits: 0)),
            port: 80
        )
        func take(_ seconds: Int64, _ change: JournalEntry.Change) {
            tally.take(JournalEntry(time: Sample.time(seconds), change: change))
        }
        take(10, .host(NetworkNamespace(inode: 1), name: "node-a"))
        take(10, .interface(bridge))
        take(10, .container(Sample.container("old")))
        take(10, .container(Sample.container("gone")))
        take(10, .listener(listener))
        #expect(tally.made.hostName == "node-a")
        #expect(tally.made.total(.surfaces, "bridges") == .count(1))
        take(20, .containerEnded(Sample.container("old").key))
        take(20, .namespaceGone(namespace))
        #expect(tally.made.total(.surfaces, "bridges") == .count(0))
        #expect(tally.made.total(.listeners, "sockets that wait") == .count(0))
        take(150, .listener(listener))
        take(150, .listenerClosed(listener))
        take(150, .containerEnded(Sample.container("gone").key))
        #expect(tally.made.total(.listeners, "sockets that wait") == .count(1))
        #expect(tally.made.rows(.rogueContainers, "containers").map { $0.cells[0] } == [.text("gone")])
        #expect(tally.made.rows(.rogueContainers, "containers").first?.cells[2] == .unknown)
    }

    @Test func onlyBlocksOfThePeriodAreTold() throws {
        var tally = Sample.tally()
        for (number, from, ended) in [(UInt64(1), Int64(10), Int64(20)), (2, 10, 150), (3, 150, 160), (4, 250, 260)] {
            let order = BlockOrder(
                .address(try #require(IPAddress("192.0.2.7"))),
                .everything(allowing: []),
                reason: "test",
                author: .person(userIdentifier: 0, name: "root")
            )
            let block = Block(
                identifier: BlockIdentifier(number),
                order: order,
                from: Sample.time(from),
                until: nil
            )
            var record = BlockRecord(.ended, block, state: .ended, at: Sample.time(ended))
            record.ended = Sample.time(ended)
            tally.take(record)
        }
        #expect(tally.made.rows(.blocks, "blocks").map { $0.cells[0] } == [.number(2), .number(3)])
        #expect(tally.made.total(.blocks, "blocks in force at some time") == .count(2))
    }

    @Test func blocksThatThereIsNoRoomForAreCounted() throws {
        var tally = Sample.tally(.database(path: "a.db", journal: nil))
        let order = BlockOrder(
            .address(try #require(IPAddress("192.0.2.7"))),
            .everything(allowing: []),
            reason: "test",
            author: .person(userIdentifier: 0, name: "root")
        )
        let count = ReportTally.blockLimit + 9
        for number in 1...count {
            let block = Block(
                identifier: BlockIdentifier(UInt64(number)),
                order: order,
                from: Sample.time(150),
                until: nil
            )
            tally.take(BlockRecord(.added, block, state: .holds, at: Sample.time(150)))
        }
        #expect(tally.made.total(.blocks, "blocks in force at some time") == .count(UInt64(count)))
        let table = tally.made.sections.first { $0.topic == .blocks }?.tables.last
        #expect(table?.leftOut == count - ReportTable.rowLimit)
    }

    /// Two entries lead to one end: it is gone with the second.
    @Test func tunnelEndsThatWereGoneBeforeThePeriodAreNotTold() throws {
        var tally = Sample.tally()
        let device = InterfaceKey(namespace: NetworkNamespace(inode: 1), index: 4)
        let other = InterfaceKey(namespace: NetworkNamespace(inode: 2), index: 4)
        func end(_ number: Int) throws -> IPAddress { try #require(IPAddress("192.0.2.\(number)")) }
        func take(_ seconds: Int64, _ change: JournalEntry.Change) {
            tally.take(JournalEntry(time: Sample.time(seconds), change: change))
        }
        func told() -> [ReportCell] { tally.made.rows(.hosts, "tunnel_ends").map { $0.cells[0] } }
        let addresses = (1...4).map { MACAddress(bits: UInt64($0)) }
        take(10, .remote(device, addresses[0], endpoint: try end(1)))
        take(10, .remote(device, addresses[1], endpoint: try end(1)))
        take(10, .remote(device, addresses[2], endpoint: try end(2)))
        take(10, .remote(other, addresses[0], endpoint: try end(3)))
        #expect(told() == [.text("192.0.2.1"), .text("192.0.2.2"), .text("192.0.2.3")])
        take(20, .remoteGone(device, addresses[0]))
        #expect(told().count == 3)
        take(20, .remoteGone(device, addresses[1]))
        #expect(told() == [.text("192.0.2.2"), .text("192.0.2.3")])
        // It moves to another host, and the device of the other goes.
        take(30, .remote(device, addresses[2], endpoint: try end(4)))
        take(30, .interfaceGone(other))
        #expect(told() == [.text("192.0.2.4")])
        // What goes within the period was there.
        take(150, .remoteGone(device, addresses[2]))
        take(150, .remote(device, addresses[3], endpoint: try end(5)))
        take(160, .remote(device, addresses[3], endpoint: try end(6)))
        #expect(told() == [.text("192.0.2.4"), .text("192.0.2.5"), .text("192.0.2.6")])
        take(170, .namespaceGone(device.namespace))
        #expect(told().count == 3)
    }

    @Test func whatATableHasNoRoomForIsSaid() throws {
        var tally = Sample.tally()
        let device = InterfaceKey(namespace: NetworkNamespace(inode: 1), index: 4)
        let limit = BoundedTable<Int, Int>.limit
        for number in 0..<(limit + 5) {
            let end = IPAddress.v4(IPv4Address(bits: 0x0a00_0000 + UInt32(number)))
            let change = JournalEntry.Change.remote(device, MACAddress(bits: UInt64(number)), endpoint: end)
            tally.take(JournalEntry(time: Sample.time(10), change: change))
            var flow = Sample.flow(UInt64(number))
            flow.tunnel = Sample.vxlan(UInt32(number))
            tally.take(flow)
        }
        for (topic, words) in [(ReportTopic.hosts, "forwarding entries"), (.flows, "tunnels")] {
            let remarks = tally.made.sections.first { $0.topic == topic }?.remarks ?? []
            #expect(remarks.contains { $0.contains("more \(words) than are told apart: 5 further") }, "\(remarks)")
        }
    }
}
