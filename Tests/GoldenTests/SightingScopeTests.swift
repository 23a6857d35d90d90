import Flows
import Foundation
import Records
import Support
import Testing

/// In which segment ARP inside a tunnel was said.
@Suite("Sightings in segments") struct SightingScopeTests {
    private final class Listener: RecordSink {
        private(set) var claims: [String] = []

        func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {}

        func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) {
            guard case .arp(let claim) = sighting.fact else { return }
            let scope = book.scopes.scopes[Int(sighting.scope)].name
            guard case .segment(let identifier, _) = scope else { return }
            claims.append("\(identifier) \(claim.senderAddress)")
        }
    }

    @Test func keepsTheClaimsOfTwoTenantsApart() throws {
        let listener = Listener()
        _ = try ReplayedCapture.read(SharedCaptures.own.appending(path: "tenants/tenants.pcap").path, into: listener)
        #expect(listener.claims.sorted() == ["42 10.0.0.2", "42 10.0.0.3", "43 10.0.0.2", "43 10.0.0.3"])
    }
}
