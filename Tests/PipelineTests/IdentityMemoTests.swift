import Addressing
import Containers
import Records
import Support
import Testing

@testable import Pipeline

/// Whatever is remembered, an answer is the one that the journal gives at that moment.
@Suite("Remembered identities")
struct IdentityMemoTests {
    @Test func areThoseOfTheFirstTime() {
        let watch = IdentityWatch()
        watch.start(named: "web", at: 5)
        for port in UInt16(1)...5 { watch.send(at: 10_000, port) }
        #expect(watch.told == Array(repeating: "flow_started web", count: 5))
        let identities = watch.listener.flows.compactMap(\.names.identities)
        #expect(Set(identities).count == 1)
        #expect(identities.first?.source.method == .interface)
        #expect(identities.first?.destination.kind == .outside)
    }

    @Test func areForgottenWhenMoreIsKnown() {
        let watch = IdentityWatch()
        watch.start(named: "web", at: 5)
        watch.send(at: 10_000, 1)
        watch.start(named: "shop", at: 11_000)
        watch.send(at: 11_001, 2)
        watch.send(at: 20_000, 3)
        #expect(watch.told == ["flow_started web", "flow_started shop", "flow_started shop"])
    }

    @Test func doNotOutliveTheContainer() {
        let watch = IdentityWatch()
        watch.start(named: "web", at: 5)
        watch.send(at: 10_000, 1)
        watch.change(.containerEnded(ContainerKey(identifier: "c1", generation: 1)), at: 11_000)
        // By the grace of two seconds it is still its packet; after that the namespace is empty.
        watch.send(at: 12_000, 2)
        watch.send(at: 14_000, 3)
        watch.advance(to: 30_000)
        #expect(watch.told == ["flow_started web", "flow_started web", "flow_started -"])
    }

    @Test func areNotThoseOfWhoHadTheAddressBefore() {
        let watch = IdentityWatch()
        watch.start(named: "web", at: 5)
        watch.send(at: 10_000, 1)
        watch.change(.containerEnded(ContainerKey(identifier: "c1", generation: 1)), at: 11_000)
        var other = Container(key: ContainerKey(identifier: "c2", generation: 1))
        other.namespace = IdentityWatch.inside
        other.description.name = "next"
        watch.change(.container(other), at: 11_500)
        watch.send(at: 20_000, 2)
        watch.pipeline.finish()
        #expect(
            watch.told == ["flow_started web", "flow_started next", "flow_ended web", "flow_ended next"]
        )
    }

    @Test func areNotGivenToSomebodyElseBehindTheSameInterface() {
        let watch = IdentityWatch()
        watch.start(named: "web", at: 5)
        watch.send(at: 10_000, 1)
        watch.send(at: 10_000, from: .host(77), 1)
        watch.send(at: 10_000, 2)
        let forged = watch.listener.flows.map { $0.names.identities?.source.isForged }
        #expect(forged == [false, true, false])
    }

    @Test func areForgottenWhenAnInterfaceChanges() {
        let watch = IdentityWatch()
        watch.start(named: "web", at: 5)
        watch.send(at: 10_000, 1)
        watch.change(.interfaceGone(InterfaceKey(namespace: IdentityWatch.home, index: 7)), at: 11_000)
        // The number means an interface of the host's now, and the address is still the container's.
        watch.change(
            .interface(Interface(key: InterfaceKey(namespace: IdentityWatch.home, index: 7), name: "x")),
            at: 11_000
        )
        watch.send(at: 20_000, 2)
        let methods = watch.listener.flows.map { $0.names.identities?.source.method }
        #expect(methods.first == .interface)
        #expect(methods.count == 2 && methods.last != .interface)
    }

    @Test func areRightBeyondTheirBound() {
        let watch = IdentityWatch()
        watch.start(named: "web", at: 5)
        let count = UInt32(IdentityMemo.limit) + 5000
        for round in Int64(1)...2 {
            for number in 0..<count {
                let outside = IPAddress.v4(IPv4Address(bits: 0xc633_0000 &+ number))
                watch.send(at: 10_000 * round, UInt16(round), to: outside)
            }
        }
        let names = watch.told
        #expect(names.count == 2 * Int(count))
        #expect(Set(names) == ["flow_started web"])
        #expect(watch.listener.flows.allSatisfy { $0.names.identities?.destination.kind == .outside })
    }
}
