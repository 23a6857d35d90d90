extension Nftables {
    /// What of a packet a rule looks at, as nft(8) names it.
    package struct Selector: Hashable, Sendable {
        package let kind: FieldKind
        private let source: Source

        /// Where it comes from.
        private enum Source: Hashable, Sendable {
            case payload(Expression.Payload)
            case meta(Expression.Meta)
            case connection(Expression.Connection)
            case cgroup(level: UInt32)
        }

        private init(_ kind: FieldKind, _ source: Source) {
            self.kind = kind
            self.source = source
        }

        /// What loads it.
        func load(into register: Register) -> Expression {
            switch source {
            case .payload(let payload): .payload(payload, into: register)
            case .meta(let meta): .meta(meta, into: register)
            case .connection(let connection): .connection(connection, into: register)
            case .cgroup(let level): .cgroup(level: level, into: register)
            }
        }

        /// `ip saddr`: only after `.version(4)`.
        package static var ipSource: Self { Self(.ipv4, .payload(.init(.network, offset: 12, length: 4))) }
        /// `ip daddr`: only after `.version(4)`.
        package static var ipDestination: Self { Self(.ipv4, .payload(.init(.network, offset: 16, length: 4))) }
        /// `ip6 saddr`: only after `.version(6)`.
        package static var ip6Source: Self { Self(.ipv6, .payload(.init(.network, offset: 8, length: 16))) }
        /// `ip6 daddr`: only after `.version(6)`.
        package static var ip6Destination: Self { Self(.ipv6, .payload(.init(.network, offset: 24, length: 16))) }
        /// `meta l4proto`: behind IPv6's extension headers.
        package static var inetProtocol: Self { Self(.inetProtocol, .meta(.transportProtocol)) }
        /// `th sport`: of TCP, UDP, SCTP and others that begin like them. A later fragment has none, and does not match.
        package static var sourcePort: Self { Self(.inetService, .payload(.init(.transport, offset: 0, length: 2))) }
        /// `th dport`: of TCP, UDP, SCTP and others that begin like them. A later fragment has none, and does not match.
        package static var destinationPort: Self {
            Self(.inetService, .payload(.init(.transport, offset: 2, length: 2)))
        }
        /// `ether saddr`.
        package static var etherSource: Self { Self(.ether, .payload(.init(.link, offset: 6, length: 6))) }
        /// `ether daddr`.
        package static var etherDestination: Self { Self(.ether, .payload(.init(.link, offset: 0, length: 6))) }
        /// `iifname`.
        package static var inputInterface: Self { Self(.interfaceName, .meta(.inputInterfaceName)) }
        /// `oifname`.
        package static var outputInterface: Self { Self(.interfaceName, .meta(.outputInterfaceName)) }
        /// `iif`: by its number, which no other device of the namespace gets.
        package static var inputIndex: Self { Self(.interfaceIndex, .meta(.inputInterface)) }
        /// `oif`.
        package static var outputIndex: Self { Self(.interfaceIndex, .meta(.outputInterface)) }
        /// `meta pkttype`.
        package static var packetType: Self { Self(.packetType, .meta(.packetType)) }
        /// `meta mark`.
        package static var mark: Self { Self(.mark, .meta(.mark)) }
        /// `ct mark`.
        package static var connectionMark: Self { Self(.mark, .connection(.mark)) }
        /// `socket cgroupv2 level N`: inet and ip families, input and output. Since Linux 5.13.
        package static func cgroup(level: UInt32) -> Self { Self(.cgroupsv2, .cgroup(level: level)) }
        /// Bytes behind the transport header, `@ih`, as long as `kind` is: an address within a tunnel. Since Linux 5.16.
        package static func inner(_ kind: FieldKind, offset: UInt32) -> Self {
            Self(kind, .payload(.init(.inner, offset: offset, length: UInt32(kind.length))))
        }
    }
}
