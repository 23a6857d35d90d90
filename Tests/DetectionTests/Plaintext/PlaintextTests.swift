import Addressing
import Containers
import Flows
import Policy
import Testing
import Wire

@testable import Detection

@Suite("Plaintext")
struct PlaintextTests {
    private let bot = Stream.pod("bot", "10.0.0.9")
    private let node = Party(Stream.host("10.0.0.1"), kind: .host, confidence: .certain)

    private func speak(
        _ source: Party,
        _ destination: Party,
        _ port: UInt16,
        _ application: ApplicationProtocol,
        path: String? = nil,
        _ change: (inout FlowFact) -> Void = { _ in }
    ) -> [Alert] {
        var stream = Stream()
        let fact = stream.call(source, destination, port)
        stream.goOn(fact) { more in
            more.sourcePackets = 4
            more.application = application
            if let path {
                var words = ApplicationDetails()
                words.httpPath = path
                more.words = words
            }
            change(&more)
        }
        return stream.alerts.filter { $0.rule.category == "plaintext" }
    }

    @Test(arguments: [
        (UInt16(2375), ApplicationProtocol.http, "/_ping", "Docker's API"),
        (4243, .http, "/v1.41/containers/json?all=1", "Docker's API"), (2379, .http2, "/", "etcd"),
        (10_255, .http, "/pods", "the kubelet's API"), (10_250, .http, "/exec", "the kubelet's API"),
        (23, .telnet, "", "telnet"), (2323, .telnet, "", "telnet"), (5900, .vnc, "", "VNC"),
    ])
    func managementIsFound(port: UInt16, application: ApplicationProtocol, path: String, name: String) {
        let alerts = speak(bot, node, port, application, path: path)
        #expect(alerts.map(\.rule) == [.plaintextManagement])
        #expect(alerts.map(\.severity) == [65])
        #expect(alerts.first?.message == "bot speaks \(name) with 10.0.0.1 in the clear, on TCP \(port)")
    }

    @Test func whatIsEncryptedUnansweredOrOfTheHostAloneIsNone() {
        #expect(speak(bot, node, 2375, .tls).isEmpty)
        #expect(speak(bot, node, 2375, .unknown).isEmpty)
        #expect(speak(bot, node, 2375, .http) { $0.destinationPackets = 0 }.isEmpty)
        let loopback = Party(Stream.host("127.0.0.1"), kind: .host)
        #expect(speak(loopback, loopback, 2379, .http).isEmpty)
        #expect(speak(node, node, 2379, .http).isEmpty)
        #expect(speak(bot, node, 80, .http, path: "/v1.41/fruit").isEmpty)
        #expect(speak(bot, node, 80, .http, path: "/v1.x/containers/json").isEmpty)
        // A TLS server's answer to whoever comes without, and a client's offer of TLS.
        let mistaken = speak(bot, node, 10_250, .http, path: "/pods") { more in more.words?.httpStatus = 400 }
        let encrypted = speak(bot, node, 2379, .http, path: "/") { more in
            more.words?.tlsVersion = TLSVersion(rawValue: 0x0304)
        }
        #expect(mistaken.isEmpty && encrypted.isEmpty)
    }

    @Test func whereNobodyIsKnownItIsLow() {
        let alerts = speak(Party(Stream.host("10.0.0.9")), Party(Stream.host("10.0.0.1")), 2375, .http)
        #expect(alerts.map(\.severity) == [PlaintextDetectors.vagueSeverity])
    }

    @Test(arguments: [
        (UInt16(5000), "/v2/", true), (5000, "/v2/library/nginx/manifests/latest", true),
        (80, "/v2/shop/web/blobs/sha256:00", true), (80, "/v2/", false), (80, "/v2/users/7", false),
        (5000, "/v1/", false), (8080, "/v2/a/tags/list", true), (8080, "/v2/a/b/c/d", false),
    ])
    func registriesAreToldByTheirPaths(port: UInt16, path: String, isPull: Bool) {
        let alerts = speak(bot, node, port, .http, path: path)
        #expect(alerts.map(\.rule) == (isPull ? [.plaintextRegistry] : []))
        #expect(alerts.allSatisfy { $0.severity == 55 })
        let redirected = speak(bot, node, port, .http, path: path) { more in more.words?.httpStatus = 301 }
        #expect(redirected.isEmpty)
    }

    @Test func betweenHostsAndBetweenLevelsItIsNotedOnceAPair() {
        var far = Stream.pod("web", "10.1.0.2")
        far.endpoint = Stream.host("192.168.0.2")
        let alerts = speak(bot, far, 8080, .http)
        #expect(alerts.map(\.rule) == [.plaintextCrossing])
        #expect(alerts.map(\.severity) == [30])
        #expect(alerts.first?.message == "bot speaks http with web in the clear, between hosts")
        #expect(speak(bot, Stream.pod("web", "10.0.0.2"), 8080, .http).isEmpty)
        #expect(speak(bot, far, 443, .tls).isEmpty)
        // May go on encrypted.
        #expect(speak(bot, far, 5432, .postgresql).isEmpty)
        #expect(speak(bot, Stream.outside("203.0.113.1"), 80, .http).isEmpty)
    }

    @Test func whoSpeaksWithManyIsToldOfAsOne() {
        var stream = Stream()
        for number in 1...40 {
            var far = Stream.pod("web\(number)", "10.1.0.\(number)")
            far.endpoint = Stream.host("192.168.0.2")
            let fact = stream.call(bot, far, 8080, at: Double(number))
            stream.goOn(fact) { ($0.application, $0.sourcePackets) = (.http, 4) }
        }
        let alerts = stream.found(.plaintextCrossing)
        #expect(alerts.count == PeerTally.each + 1)
        #expect(alerts.last?.message == "bot speaks in the clear with 9 others")
    }

    @Test func betweenLevels() {
        var policy = DeclaredPolicy()
        for (rank, name) in ["bot", "vault"].enumerated() {
            var selector = Selector()
            selector.names = [NamePattern(name)]
            let level = SensitivityLevel(rank: UInt8(rank))
            policy.sensitivity.rules.append(Sensitivity.Rule(level: level, selector: selector))
        }
        var stream = Stream(policy)
        for number in 0..<20 {
            let fact = stream.call(bot, Stream.pod("vault", "10.0.0.3"), 6379, at: Double(number))
            stream.goOn(fact) { ($0.application, $0.sourcePackets) = (.redis, 4) }
        }
        #expect(
            stream.found(.plaintextCrossing).map(\.message) == [
                "bot speaks redis with vault in the clear, between levels"
            ]
        )
    }
}
