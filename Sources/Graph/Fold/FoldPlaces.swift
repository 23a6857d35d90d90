package import Addressing

/// What others know of endpoints and folding asks for. All of it may be unknown.
package struct FoldPlaces: Sendable {
    /// The sensitivity level an endpoint has.
    package var level: @Sendable (Endpoint) -> Level?
    /// The layer-2 network it is in, as it is called.
    package var segment: @Sendable (Endpoint) -> String?
    /// The network outside that a policy gives a name to.
    package var network: @Sendable (IPAddress) -> String?

    package init(
        level: @escaping @Sendable (Endpoint) -> Level? = { _ in nil },
        segment: @escaping @Sendable (Endpoint) -> String? = { _ in nil },
        network: @escaping @Sendable (IPAddress) -> String? = { _ in nil }
    ) {
        self.level = level
        self.segment = segment
        self.network = network
    }
}

/// Rows that strangers make: how many of them there are is not for us to say, so each kind has a bound.
enum StrangerRow: Int, CaseIterable {
    /// Registered domains.
    case domain
    /// Networks outside, of 24 or 48 bits.
    case network
    /// Addresses of which nothing else is known, and their networks.
    case address
    /// Networks with addresses that nobody had.
    case vacant
    /// Containers without name and image.
    case unnamed

    /// Rows of it that are seen at a time; past that those that were seen first keep theirs, `kept` of them, and the rest has one.
    /// Where the ones that came first are no better than others, none does.
    var limit: Int {
        switch self {
        case .domain: 32
        case .address, .unnamed: 64
        case .network, .vacant: 8
        }
    }

    var kept: Int {
        switch self {
        case .domain: 16
        case .address, .unnamed: 32
        case .network, .vacant: 0
        }
    }
}

/// Which row an endpoint is in at a rung, and what that is called.
struct FoldPlace: Equatable {
    /// Unique on its rung among all that are not of the same row.
    var name: String
    var label: String
    /// What tells it from others with that label, for people: the namespace, mostly.
    var qualifier: String?

    /// A row that no name from outside can be taken for: names never begin with a colon.
    static func fixed(_ label: String) -> Self { Self(name: ":\(label)", label: label) }

    static func named(_ name: String, label: String? = nil, in qualifier: String? = nil) -> Self {
        Self(name: name.hasPrefix(":") ? "./\(name)" : name, label: label ?? name, qualifier: qualifier)
    }
}
