import Addressing
import Containers
import Testing

@testable import Records

/// What a filter holds of, kind by kind and together. Filters are written as people write them.
@Suite("Flow filter")
struct FlowFilterTests {
    private func holds(_ text: String, of flow: FilteredFlow = .shop) throws -> Bool {
        try FlowFilter(parsing: text).holds(of: flow)
    }

    @Test(
        arguments: [
            ("container=web-1", true), ("container=web", false), ("container=web-*", true), ("container=*", true),
            ("container=cart", true), ("container=shop/cart", true), ("container=cart/web-1", true),
            ("container=shop/cart/web-1", true), ("container=shop/*", true), ("container=*/web-1", true),
            ("container=other/cart", false), ("container=aaaaaaaaaaaa", true), ("container=aaaaaaaaaaa", false),
            ("container=aaaa*", true), ("container=Web-1", false), ("from-container=web-1", false),
            ("to-container=web-1", true), ("from-container=*", false),
        ]
    )
    func knowsAContainerByAllItIsCalled(text: String, isWanted: Bool) throws {
        #expect(try holds(text) == isWanted)
    }

    @Test(
        arguments: [
            ("image=docker.io/library/nginx:1.27", true), ("image=nginx", false), ("image=*nginx*", true),
            ("from-image=*", false), ("to-image=*:1.27", true),
            ("label=app", true), ("label=app=shop", true), ("label=app=cart", false), ("label=app=sh*", true),
            ("label=ap*", true), ("label=ap*=shop", true), ("label=none", false), ("label=shop", false),
            ("label=\"tier=front end\"", true), ("label=empty", true), ("label=empty=", true), ("label=app=", false),
            ("from-label=app", false), ("to-label=app", true),
            ("namespace=shop", true), ("namespace=s?op", false), ("from-namespace=shop", false),
            ("pod=cart", true), ("pod=shop/cart", true), ("pod=shop/*", true), ("pod=kube/cart", false),
            ("pod=web-1", false), ("to-pod=cart", true), ("from-pod=cart", false),
        ]
    )
    func asksWhatRuntimesTell(text: String, isWanted: Bool) throws {
        #expect(try holds(text) == isWanted)
    }

    @Test(
        arguments: [
            ("ip=192.0.2.9", true), ("ip=192.0.2.0/24", true), ("ip=192.0.3.0/24", false), ("from-ip=192.0.2.9", true),
            ("to-ip=192.0.2.9", false), ("to-ip=10.0.0.0/8", true), ("ip=198.51.100.7", true),
            ("to-ip=198.51.100.0/24", true), ("from-ip=198.51.100.7", false), ("ip=::/0", false),
            ("ip=0.0.0.0/0", true),
            ("port=8080", true), ("port=80", true), ("port=40000", true), ("port=443", false), ("to-port=40000", false),
            ("from-port=40000", true), ("to-port=80", true),
            ("segment=cni0", true), ("segment=cni*", true), ("to-segment=cni0", true), ("from-segment=cni0", false),
            ("segment=42", false),
        ]
    )
    func asksOfAddressesAndWhatNATShowed(text: String, isWanted: Bool) throws {
        #expect(try holds(text) == isWanted)
    }

    @Test(
        arguments: [
            ("protocol=tcp", true), ("protocol=TCP", true), ("protocol=6", true), ("protocol=udp", false),
            ("protocol=http", true), ("protocol=tls", false), ("protocol=0", false),
            ("direction=ingress", true), ("direction=Ingress", true), ("direction=egress", false),
        ]
    )
    func asksOfTheFlowItself(text: String, isWanted: Bool) throws {
        #expect(try holds(text) == isWanted)
    }

    @Test(
        arguments: [
            ("from-container=cart", true), ("ip=fd00:10::/64", true), ("ip=fd00:11::/64", false),
            ("to-ip=fd00:10::5", true), ("from-ip=fd00:10::5", false), ("segment=42", true), ("from-segment=42", true),
            ("segment=43", false), ("to-segment=42", true), ("protocol=dns", true), ("protocol=17", true),
            ("direction=internal", true), ("container=bbbbbbbbbbbb", true), ("to-container=b*", true),
            ("to-container=web-1", false), ("to-pod=*", false),
        ]
    )
    func asksOfOverlaysAndOfWhatIsAmbiguous(text: String, isWanted: Bool) throws {
        #expect(try holds(text, of: .overlay) == isWanted)
    }

    @Test(
        arguments: [
            // One of a kind must hold.
            ("port=443 port=8080", true), ("port=443 port=22", false), ("to-ip=10.88.0.4 to-ip=10.88.0.5", true),
            // Of each kind; asking of another end is another kind.
            ("port=8080 protocol=tcp", true), ("port=8080 protocol=udp", false),
            ("port=443 port=80 direction=egress", false),
            ("from-port=40000 to-port=8080", true), ("from-port=40000 to-port=443", false),
            ("port=80 from-port=1", false),
            // Of what is negated, nothing.
            ("not port=443", true), ("not port=8080", false), ("not port=443 not port=8080", false),
            ("not to-container=web-1", false), ("not from-container=web-1", true), ("port=8080 not protocol=udp", true),
            ("port=8080 not protocol=tcp", false), ("port=443 not protocol=udp", false), ("not segment=*", false),
            ("", true),
        ]
    )
    func joinsAlternativesConditionsAndExclusions(text: String, isWanted: Bool) throws {
        #expect(try holds(text) == isWanted)
    }

    @Test(
        arguments: [
            "container=*", "image=*", "label=*", "namespace=*", "pod=*", "ip=0.0.0.0/0", "ip=::/0", "port=0",
            "segment=*", "segment=0", "protocol=dns", "direction=external",
        ]
    )
    func takesWhatIsNotKnownForNotSo(text: String) throws {
        let nothing = FilteredFlow()
        #expect(try !FlowFilter(parsing: text).holds(of: nothing))
        #expect(try FlowFilter(parsing: "not \(text)").holds(of: nothing))
    }

    @Test func anAnonymousEndOfAKnownDirectionIsStillOne() throws {
        var flow = FilteredFlow()
        flow.direction = .external
        #expect(try holds("direction=external not container=*", of: flow))
    }

    @Test(
        arguments: [
            ("", true), ("image=*nginx*", true), ("image=redis", false), ("label=app not namespace=kube", true),
            ("ip=10.88.0.0/16", true), ("ip=fd00::/8", true), ("not ip=fd00::/8", false), ("ip=10.89.0.0/16", false),
            ("pod=shop/cart ip=10.88.0.4", true), ("protocol=tcp", false), ("not protocol=tcp", true),
        ]
    )
    func holdsOfAContainerByItself(text: String, isWanted: Bool) throws {
        let addresses = ["10.88.0.4", "fd00::4"].compactMap { IPAddress(text: $0) }
        let end = FilteredEnd(FilteredFlow.web, addresses: addresses)
        #expect(try FlowFilter(parsing: text).holds(of: end) == isWanted)
    }

    @Test func isEqualWhenItsTermsAre() throws {
        let filter = try FlowFilter(parsing: "from-port=53 not ip=10.0.0.7/8")
        #expect(try filter == FlowFilter(parsing: "  from-port=53   not\tip=10.0.0.0/8 "))
        for other in [
            "from-port=53", "to-port=53 not ip=10.0.0.0/8", "from-port=53 ip=10.0.0.0/8", "from-port=53 not pod=a",
        ] {
            #expect(try filter != FlowFilter(parsing: other))
        }
    }

    @Test func saysWhatOnlyAJournalTells() throws {
        let filter = try FlowFilter(
            parsing: "from-container=a not from-container=b port=1 direction=internal segment=br0 segment=42"
        )
        #expect(filter.wordsThatNeedJournal == ["from-container", "direction", "segment"])
    }
}
