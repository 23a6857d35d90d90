import Containers

/// The rows an endpoint is in, one a rung. Docs/Folding.md has it as a table.
struct EndPlaces {
    /// By `Rung.rawValue`.
    let rungs: [FoldPlace]
    /// Where it goes when there are too many of its kind, from service to image.
    let stranger: (kind: StrangerRow, place: FoldPlace)?
    let level: Level?
    let isOutside: Bool
    /// Whether nobody can say who it is.
    let isUnsure: Bool

    init(_ endpoint: Endpoint, _ known: FoldPlaces) {
        let level = known.level(endpoint)
        let kind = endpoint.key.kind
        isOutside = kind == .outside || kind == .network
        isUnsure = endpoint.isAmbiguous || kind == .namespace || kind == .address
        self.level = level
        let parts = Self.parts(endpoint, known)
        let segment = known.segment(endpoint).map { FoldPlace.named($0) } ?? parts.segment
        let end = FoldPlace(
            name: endpoint.key.description,
            label: Self.label(endpoint),
            qualifier: parts.service.qualifier
        )
        rungs = [
            end, parts.service, parts.role, parts.image, parts.namespace, segment,
            level.map { .named($0.name) } ?? (isOutside ? .fixed("internet") : .fixed("no level")),
        ]
        stranger = parts.stranger
    }

    struct Parts {
        var service: FoldPlace
        var role: FoldPlace
        var image: FoldPlace
        var namespace: FoldPlace
        var segment: FoldPlace
        var stranger: (kind: StrangerRow, place: FoldPlace)?

        /// The same at each rung from one on.
        init(_ service: FoldPlace, role: FoldPlace? = nil, then rest: FoldPlace? = nil) {
            self.service = service
            self.role = role ?? service
            image = rest ?? self.role
            namespace = image
            segment = image
        }
    }

    /// A pod or a container is called as a whole; others as they call themselves.
    private static func label(_ endpoint: Endpoint) -> String {
        if let name = endpoint.name, !name.isEmpty { return name }
        if let container = endpoint.container { return container.shortName }
        switch endpoint.key.kind {
        case .container: return String(endpoint.key.name.prefix(12))
        case .namespace: return "netns \(endpoint.key.name)"
        default: return endpoint.key.name.isEmpty ? endpoint.key.kind.rawValue : endpoint.key.name
        }
    }

    private static func parts(_ endpoint: Endpoint, _ known: FoldPlaces) -> Parts {
        let key = endpoint.key
        let itself = FoldPlace(name: key.description, label: label(endpoint))
        switch key.kind {
        case .container: return Parts(container: endpoint, itself)
        case .process, .host: return Parts(itself, then: .fixed("host"))
        case .gateway: return Parts(itself, role: .fixed("gateway"), then: .fixed("host"))
        case .namespace: return Parts(itself, role: .fixed("unknown"))
        case .remoteHost: return Parts(itself, role: .fixed("other hosts"))
        case .address: return Parts(address: endpoint, itself)
        case .vacant: return Parts(vacant: endpoint)
        case .outside, .network: return Parts(outside: endpoint, known)
        case .multicast: return Parts(.fixed("multicast"))
        case .others: return Parts(.fixed("others"))
        }
    }
}
