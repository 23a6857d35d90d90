import Addressing
import Containers

extension EndPlaces.Parts {
    init(container endpoint: Endpoint, _ itself: FoldPlace) {
        let work = Workload(endpoint.container, name: endpoint.name)
        let space = work.namespace
        self.init(.fixed("unnamed"))
        if let name = work.service {
            let kind = work.kind.map { "@\($0)" } ?? ""
            service = .named("\(Self.path(space))\(name)\(kind)", label: name, in: space)
            role = .named("\(name)@\(work.image ?? "")", label: name, in: work.image.map(ImageName.short))
        } else {
            service = itself
            role = itself
            stranger = (.unnamed, .fixed("unnamed"))
        }
        image = work.image.map { .named($0, label: ImageName.short($0), in: $0) } ?? .fixed("no image")
        namespace = space.map { .named($0) } ?? .fixed("no namespace")
        segment = Self.segment(of: endpoint)
    }

    /// A slash in a namespace's name is spelt otherwise, so that no two places make the same path.
    private static func path(_ space: String?) -> String {
        guard let space else { return "/" }
        guard space.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "%") }) else {
            return "\(space)/"
        }
        var path = ""
        for scalar in space.unicodeScalars {
            switch scalar {
            case "/": path += "%2F"
            case "%": path += "%25"
            default: path.unicodeScalars.append(scalar)
            }
        }
        return path + "/"
    }

    /// The runtime's networks; of pods the one that all pods of a host are in.
    private static func segment(of endpoint: Endpoint) -> FoldPlace {
        guard let known = endpoint.container?.description else { return .fixed("no segment") }
        if known.usesHostNetwork { return .fixed("host") }
        if let networks = known.networks, !networks.isEmpty { return .named(networks.prefix(4).joined(separator: "+")) }
        return known.pod == nil ? .fixed("no segment") : .fixed("pods")
    }

    /// An address of which nothing is known stays itself: who replicas are nobody can say.
    init(address endpoint: Endpoint, _ itself: FoldPlace) {
        self.init(itself, role: Self.network(endpoint) ?? itself, then: .fixed("addresses"))
        // Several addresses may have been looked up under one name.
        if itself.label != endpoint.key.name { service.qualifier = endpoint.key.name }
        stranger = (.address, .fixed("addresses"))
        if let scope = Self.scope(endpoint) {
            namespace = .named(scope)
            segment = namespace
        }
    }

    init(vacant endpoint: Endpoint) {
        let all = FoldPlace.fixed("vacant")
        self.init(Self.network(endpoint) ?? all, role: all)
        service.name = "vacant \(service.name)"
        service.qualifier = "vacant"
        stranger = (.vacant, all)
        if let scope = Self.scope(endpoint) { segment = .named(scope) }
    }

    /// By the domain that was registered, or else by a network that a policy knows, or else by one of 24 or 48 bits.
    init(outside endpoint: Endpoint, _ known: FoldPlaces) {
        let internet = FoldPlace.fixed("internet")
        let name = endpoint.key.name
        // A name that was claimed has an address, too, so the key must tell whether it is one.
        let isAddress = endpoint.key.kind == .network || IPAddress(name) != nil
        guard isAddress else {
            self.init(.named(RegisteredDomain.domain(of: name)), then: internet)
            stranger = (.domain, internet)
            return
        }
        if let place = endpoint.addresses.first.flatMap(known.network) {
            self.init(.named("policy/\(place)", label: place), then: internet)
            return
        }
        self.init(Self.network(endpoint) ?? .named(name), then: internet)
        stranger = (.network, internet)
    }

    /// The network of 24 or 48 bits that an address is in, with the scope that it means something in.
    private static func network(_ endpoint: Endpoint) -> FoldPlace? {
        if endpoint.key.kind == .network { return .named(endpoint.key.name) }
        guard let address = endpoint.addresses.first ?? IPAddress(endpoint.key.name),
            let prefix = IPPrefix(address, length: address.isIPv6 ? 48 : 24)
        else { return nil }
        let scope = scope(endpoint)
        return .named(scope.map { "\(prefix)@\($0)" } ?? "\(prefix)", label: "\(prefix)", in: scope)
    }

    /// What stands behind the at sign of an address's key: `vni 42`.
    private static func scope(_ endpoint: Endpoint) -> String? {
        guard let at = endpoint.key.name.firstIndex(of: "@") else { return nil }
        let scope = endpoint.key.name[endpoint.key.name.index(after: at)...]
        return scope.isEmpty ? nil : String(scope)
    }
}
