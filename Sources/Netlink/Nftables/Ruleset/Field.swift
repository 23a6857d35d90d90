package import Addressing

extension Nftables {
    /// A field of a key: one value, or all from one to another, both included.
    package struct Field: Hashable, Sendable {
        package let kind: FieldKind
        /// The first, as registers hold it: `kind.length` bytes.
        package let first: [UInt8]
        /// The last; the same as the first for one value.
        package let last: [UInt8]

        package var isRange: Bool { first != last }

        /// Nil unless both are as long as the kind says and in order.
        package init?(_ kind: FieldKind, first: [UInt8], last: [UInt8]) {
            guard first.count == kind.length, last.count == kind.length else { return nil }
            guard first == last || kind.isOrdered && first.lexicographicallyPrecedes(last) else { return nil }
            self.init(kind, first, last)
        }

        private init(_ kind: FieldKind, _ first: [UInt8], _ last: [UInt8]? = nil) {
            self.kind = kind
            self.first = first
            self.last = last ?? first
        }

        package static func address(_ address: IPAddress) -> Self {
            Self(address.isIPv6 ? .ipv6 : .ipv4, address.networkOrder)
        }

        package static func prefix(_ prefix: IPPrefix) -> Self {
            var last = prefix.address.networkOrder
            for place in last.indices {
                let fixed = max(0, min(8, Int(prefix.length) - 8 * place))
                last[place] |= UInt8(truncatingIfNeeded: 0xff >> fixed)
            }
            return Self(prefix.address.isIPv6 ? .ipv6 : .ipv4, prefix.address.networkOrder, last)
        }

        /// As IANA registers it.
        package static func inetProtocol(_ number: UInt8) -> Self { Self(.inetProtocol, [number]) }

        package static func port(_ port: UInt16) -> Self { Self(.inetService, port.octets) }

        package static func ports(_ ports: ClosedRange<UInt16>) -> Self {
            Self(.inetService, ports.lowerBound.octets, ports.upperBound.octets)
        }

        /// A device by its name, of which 15 bytes count.
        package static func interface(_ name: String) -> Self { Self(.interfaceName, interfaceName(name, padding: 0)) }

        /// All devices whose names begin so: nft's `veth*`.
        package static func interfaces(startingWith prefix: String) -> Self {
            Self(.interfaceName, interfaceName(prefix, padding: 0), interfaceName(prefix, padding: 0xff))
        }

        package static func ether(_ address: MACAddress) -> Self { Self(.ether, Array(address.bits.octets.suffix(6))) }

        package static func mark(_ mark: UInt32) -> Self { Self(.mark, mark.nativeOctets) }

        /// A device by its number.
        package static func interface(index: UInt32) -> Self { Self(.interfaceIndex, index.nativeOctets) }

        /// PACKET_*. packet(7)
        package static func packetType(_ type: UInt8) -> Self { Self(.packetType, [type]) }

        /// A cgroup by the inode of its directory.
        package static func cgroup(_ identifier: UInt64) -> Self { Self(.cgroupsv2, identifier.nativeOctets) }

        /// Whatever value. Marks, numbers of devices and cgroups have no range: of these it is nil.
        package static func any(_ kind: FieldKind) -> Self? {
            guard kind.isOrdered else { return nil }
            let zeros = [UInt8](repeating: 0, count: kind.length)
            return Self(kind, zeros, [UInt8](repeating: 0xff, count: kind.length))
        }

        /// Ones where all addresses of a prefix are alike; nil for one address, and what is no prefix.
        var prefixMask: [UInt8]? {
            guard isRange, kind == .ipv4 || kind == .ipv6 else { return nil }
            let mask = zip(first, last).map { ~($0 ^ $1) }
            let length = mask.reduce(0) { $0 + $1.nonzeroBitCount }
            let leading = mask.prefix { $0 == 0xff }.count
            let isPrefix = leading * 8 + (leading < mask.count ? (~mask[leading]).leadingZeroBitCount : 0) == length
            return isPrefix && zip(first, mask).allSatisfy { $0 & ~$1 == 0 } ? mask : nil
        }

        /// What the names of all devices begin with that are meant; nil for one name, and what was not made so.
        var nameBeginning: [UInt8]? {
            guard isRange, kind == .interfaceName else { return nil }
            let beginning = Array(zip(first, last).prefix { $0 == $1 }.map(\.0))
            let rest = zip(first, last).dropFirst(beginning.count)
            return !beginning.isEmpty && rest.allSatisfy { $0 == (0, 0xff) } ? beginning : nil
        }

        private static func interfaceName(_ name: String, padding: UInt8) -> [UInt8] {
            let octets = name.utf8.prefix(15)
            return Array(octets) + [UInt8](repeating: padding, count: 16 - octets.count)
        }
    }
}

extension IPAddress {
    /// Four or sixteen bytes, as in packets.
    var networkOrder: [UInt8] {
        switch self {
        case .v4(let address): address.bits.octets
        case .v6(let address): address.high.octets + address.low.octets
        }
    }
}

extension FixedWidthInteger {
    /// In network byte order.
    var octets: [UInt8] {
        stride(from: Self.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: self >> $0) }
    }

    /// As it lies in memory.
    var nativeOctets: [UInt8] { self == littleEndian ? octets.reversed() : octets }
}
