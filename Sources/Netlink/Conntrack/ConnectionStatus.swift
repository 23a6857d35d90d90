/// What conntrack knows of how a connection goes: IPS_* of linux/netfilter/nf_conntrack_common.h.
package struct ConnectionStatus: OptionSet, Hashable, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// An answer was seen.
    package static var seenReply: Self { Self(rawValue: 1 << 1) }
    /// It is not given up early.
    package static var assured: Self { Self(rawValue: 1 << 2) }
    /// Its first packet has left, so that it counts.
    package static var confirmed: Self { Self(rawValue: 1 << 3) }
    /// Its source is changed on the way: masquerade.
    package static var sourceTranslated: Self { Self(rawValue: 1 << 4) }
    /// Its destination is changed on the way: a published port.
    package static var destinationTranslated: Self { Self(rawValue: 1 << 5) }
    /// It is over.
    package static var dying: Self { Self(rawValue: 1 << 9) }
}
