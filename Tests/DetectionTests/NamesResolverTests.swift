import Addressing
import Containers
import Flows
import Testing
import Wire

@testable import Detection

@Suite("Foreign and encrypted resolvers")
struct NamesResolverTests {
    private let pod = Stream.pod("pod", "10.0.0.9")
    private let inner = Party(Stream.host("10.0.0.53"), kind: .gateway)

    private func outside(_ address: String) -> Party { Party(Stream.host(address), kind: .outside) }

    private static func dns(_ fact: inout FlowFact) { fact.application = .dns }

    @Test func whomThePolicyDoesNotNameIsForeign() {
        var stream = Stream(resolvers: ["10.0.0.53", "192.0.2.0/28"])
        stream.converse(pod, inner, 53, at: 1, Self.dns)
        stream.converse(pod, outside("192.0.2.3"), 53, at: 2, Self.dns)
        #expect(stream.alerts.isEmpty)
        stream.converse(pod, outside("8.8.8.8"), 53, at: 3, Self.dns)
        stream.converse(pod, outside("8.8.8.8"), 53, at: 4, Self.dns)
        stream.converse(pod, Stream.pod("sidecar", "10.0.0.10"), 5300, at: 5, Self.dns)
        #expect(stream.rules == ["dns.resolver", "dns.resolver"])
        #expect(stream.alerts.map(\.severity) == [50, 50])
        #expect(stream.alerts.first?.message == "pod asks 8.8.8.8 for names, which is no declared resolver")
    }

    @Test func overTCPTooWhenThereWasAConversation() {
        var stream = Stream(resolvers: ["10.0.0.53"])
        stream.converse(pod, outside("9.9.9.9"), 53, at: 1, opening: .syn, packets: (1, 1), bytes: (60, 40))
        #expect(stream.alerts.isEmpty)
        stream.converse(pod, outside("9.9.9.9"), 53, at: 2, opening: .syn, packets: (6, 5), bytes: (400, 500))
        #expect(stream.rules == ["dns.resolver"])
    }

    /// A resolver asks the servers of the domains, and whoever is outside is not ours to judge.
    @Test func resolversThemselvesMayAskAnybody() {
        var stream = Stream(resolvers: ["10.0.0.53"])
        stream.converse(inner, outside("198.41.0.4"), 53, at: 1, Self.dns)
        stream.converse(outside("198.51.100.1"), pod, 53, at: 1, Self.dns)
        stream.converse(pod, Party(Stream.host("127.0.0.11")), 53, at: 1, Self.dns)
        stream.converse(pod, Party(Stream.host("224.0.0.251")), 5353, at: 1, Self.dns)
        stream.converse(pod, inner, 53, at: 1, opening: .answer, packets: (0, 1), Self.dns)
        #expect(stream.alerts.isEmpty)
    }

    @Test func withoutADeclarationItAbstains() {
        var stream = Stream()
        for number in 0..<100 {
            stream.converse(pod, outside("8.8.8.8"), 53, at: Double(number) * 10, Self.dns)
            stream.converse(pod, inner, 53, at: Double(number) * 10, Self.dns)
        }
        #expect(stream.alerts.isEmpty)
    }

    @Test func aChangeOfHabitIsToldLow() {
        var stream = Stream()
        for number in 0..<100 { stream.converse(pod, inner, 53, at: Double(number) * 10, Self.dns) }
        #expect(stream.alerts.isEmpty)
        for number in 0..<5 { stream.converse(pod, outside("8.8.8.8"), 53, at: 1000 + Double(number), Self.dns) }
        #expect(stream.rules == ["dns.resolver"] && stream.alerts.map(\.severity) == [30])
        // Of one who began a moment ago nobody knows his habit.
        let young = Stream.pod("young", "10.0.0.11")
        for number in 0..<100 { stream.converse(young, inner, 53, at: 2000 + Double(number), Self.dns) }
        stream.converse(young, outside("8.8.8.8"), 53, at: 2100, Self.dns)
        #expect(stream.alerts.count == 1)
    }

    @Test(
        arguments: [
            ("203.0.113.5", 853, nil, "TLS"), ("1.1.1.1", 443, nil, "HTTPS"),
            ("2606:4700:4700::1111", 443, nil, "HTTPS"),
            ("203.0.113.6", 443, "abc123.dns.nextdns.io", "HTTPS"), ("203.0.113.7", 443, "Dns.Google", "HTTPS"),
        ] as [(String, UInt16, String?, String)]
    )
    func encryptedOnesAreFound(address: String, port: UInt16, name: String?, way: String) {
        var words = ApplicationDetails()
        words.serverName = name
        for (resolvers, severity) in [([], 30), (["10.0.0.53"], 50)] as [([String], Int)] {
            var stream = Stream(resolvers: resolvers)
            stream.converse(pod, outside(address), port, at: 1, opening: .syn, packets: (8, 8), bytes: (900, 5000)) {
                $0.words = name == nil ? nil : words
            }
            #expect(stream.rules == ["dns.encrypted"] && stream.alerts.map(\.severity) == [severity])
            #expect(stream.alerts.first?.message.hasSuffix(" for names over \(way)") == true)
        }
    }

    @Test func otherSitesTriedPortsAndDeclaredOnesAreSpared() {
        var stream = Stream(resolvers: ["9.9.9.9"])
        var words = ApplicationDetails()
        words.serverName = "notdns.google.com"
        stream.converse(pod, outside("203.0.113.8"), 443, at: 1, opening: .syn, packets: (8, 8), bytes: (900, 5000)) {
            $0.words = words
        }
        stream.converse(pod, outside("1.1.1.1"), 443, at: 2, opening: .syn, packets: (2, 1), bytes: (100, 60))
        stream.converse(pod, outside("9.9.9.9"), 853, at: 3, opening: .syn, packets: (8, 8), bytes: (900, 5000))
        stream.converse(pod, inner, 853, at: 4, opening: .syn, packets: (8, 8), bytes: (900, 5000))
        #expect(stream.alerts.isEmpty)
    }
}
