import Addressing
import Containers
import Flows
import Wire

@testable import Detection

extension Stream {
    static func outside(_ address: String) -> Party { Party(host(address), kind: .outside, confidence: .certain) }

    static func replica(_ name: String, _ address: String, image: String) -> Party {
        var party = pod(name, address)
        party.container?.description.image = image
        return party
    }

    /// A whole connection that sends so much.
    mutating func talk(
        _ source: Party,
        _ destination: Party,
        _ port: UInt16 = 443,
        name: String? = nil,
        bytes: UInt64 = 700,
        _ application: ApplicationProtocol = .tls,
        at seconds: Double
    ) {
        let fact = call(source, destination, port, name: name, at: seconds)
        goOn(fact, .ended) { end in
            end.time = Self.time(seconds + 0.2)
            end.last = end.time
            end.sourceBytes = bytes
            end.application = application
        }
    }

    func found(_ rule: Rule) -> [Alert] { alerts.filter { $0.rule == rule } }
}
