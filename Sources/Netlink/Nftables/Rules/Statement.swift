extension Nftables {
    /// A part of a rule as nft(8) writes it: what must hold, or what is done. It becomes one or more expressions.
    package struct Statement: Hashable, Sendable {
        package let expressions: [Expression]

        package init(_ expressions: [Expression]) {
            self.expressions = expressions
        }

        private init(_ expressions: Expression...) {
            self.expressions = expressions
        }

        // MARK: What must hold.

        /// `meta protocol ip` or `ip6`, in every family.
        package static func version(_ version: IPVersion) -> Self {
            Self(
                .meta(.etherType, into: .first),
                .compare(.first, .equal, version == .v4 ? [0x08, 0x00] : [0x86, 0xdd])
            )
        }

        /// `meta iiftype ether`: came in by a device whose frames have Ethernet's header. nft(8) reads `ether saddr` in netdev and
        /// inet chains only after it.
        package static var ethernet: Self {
            Self(.meta(.inputInterfaceType, into: .first), .compare(.first, .equal, UInt16(1).nativeOctets))
        }

        /// `ip saddr . th dport @name`: the key of these is in a set of such fields. At most 64 bytes.
        package static func lookup(_ selectors: [Selector], in set: String, isInverted: Bool = false) -> Self {
            Self(loads(of: selectors) + [.lookup(set: set, .first, isInverted: isInverted)])
        }

        /// `th dport vmap @name`: what the map says of the key of these.
        package static func verdict(of selectors: [Selector], in map: String) -> Self {
            Self(loads(of: selectors) + [.lookup(set: map, .first, isVerdict: true)])
        }

        /// `ip daddr 10.0.0.0/8`: it is this value or in this range; or it is not.
        package static func match(_ selector: Selector, _ field: Field, isInverted: Bool = false) -> Self {
            let load = selector.load(into: .first)
            let comparison: Expression.Comparison = isInverted ? .notEqual : .equal
            // As nft(8) writes what it reads as `10.0.0.0/8` and as `veth*`.
            if let mask = field.prefixMask {
                let cut = Expression.bitwise(.first, mask: mask, xor: [UInt8](repeating: 0, count: mask.count))
                return Self(load, cut, .compare(.first, comparison, field.first))
            }
            if let beginning = field.nameBeginning { return Self(load, .compare(.first, comparison, beginning)) }
            guard field.isRange else { return Self(load, .compare(.first, comparison, field.first)) }
            return Self(load, .range(.first, first: field.first, last: field.last, isInverted: isInverted))
        }

        /// `meta l4proto`, of which ports are only known then.
        package static func inetProtocol(_ number: UInt8) -> Self { match(.inetProtocol, .inetProtocol(number)) }

        /// `tcp flags syn / syn,ack`: of the flags in `mask` just these are set. RFC 9293, section 3.1.
        package static func tcpFlags(_ flags: UInt8, of mask: UInt8) -> Self {
            Self(
                inetProtocol(6).expressions + [
                    .payload(.init(.transport, offset: 13, length: 1), into: .first),
                    .bitwise(.first, mask: [mask], xor: [0]),
                    .compare(.first, .equal, [flags]),
                ]
            )
        }

        /// `ct state established,related`: any of these.
        package static func connectionState(_ states: ConnectionState) -> Self {
            Self(
                .connection(.state, into: .first),
                .bitwise(.first, mask: states.rawValue.nativeOctets, xor: [0, 0, 0, 0]),
                .compare(.first, .notEqual, [0, 0, 0, 0])
            )
        }

        /// `meta mark & 0x1 != 0`: some of these bits are set; or none is.
        package static func markHas(_ bits: UInt32, isInverted: Bool = false) -> Self {
            Self(
                .meta(.mark, into: .first),
                .bitwise(.first, mask: bits.nativeOctets, xor: [0, 0, 0, 0]),
                .compare(.first, isInverted ? .equal : .notEqual, [0, 0, 0, 0])
            )
        }

        /// `limit rate 10/second burst 5 packets`.
        package static func limit(perSecond rate: UInt64, burst: UInt32) -> Self {
            Self(.limit(perSecond: rate, burst: burst))
        }

        // MARK: What is done.

        /// Counts what comes so far.
        package static var counter: Self { Self(.counter(Counter())) }

        /// `meta mark set mark | 0x1`: the packet goes on with these bits set, or without them.
        package static func mark(_ bits: UInt32, isSet: Bool) -> Self {
            Self(
                .meta(.mark, into: .first),
                .bitwise(.first, mask: (~bits).nativeOctets, xor: (isSet ? bits : 0).nativeOctets),
                .setMark(.first)
            )
        }

        /// Tells whoever listens to an NFLOG group.
        package static func log(group: UInt16, prefix: String? = nil, snapLength: UInt32? = nil) -> Self {
            Self(.log(.init(group: group, prefix: prefix, snapLength: snapLength)))
        }

        package static func verdict(_ verdict: Verdict) -> Self { Self(.verdict(verdict)) }

        package static var accept: Self { verdict(.accept) }
        package static var drop: Self { verdict(.drop) }
        package static var `return`: Self { verdict(.return) }
        package static func jump(to chain: String) -> Self { verdict(.jump(to: chain)) }
        package static func goto(_ chain: String) -> Self { verdict(.goto(chain)) }

        /// `reject with tcp reset`, after `.inetProtocol(6)`.
        package static var rejectWithReset: Self { Self(.reject(.tcpReset)) }
        /// `reject with icmpx admin-prohibited`, in the inet family.
        package static var reject: Self { Self(.reject(.icmpx(3))) }

        /// Loads one behind another, as a key lies in a set.
        private static func loads(of selectors: [Selector]) -> [Expression] {
            var index: UInt32 = 0
            var loads: [Expression] = []
            for selector in selectors {
                // What has no room is left out; the kernel then refuses the lookup, whose key is too short.
                guard let register = Register(index) else { break }
                loads.append(selector.load(into: register))
                index += UInt32(selector.kind.paddedLength / 4)
            }
            return loads
        }
    }

    /// Of the Internet Protocol.
    package enum IPVersion: Hashable, Sendable {
        case v4
        case v6
    }
}
