package import Addressing
package import Netlink
import Policy

/// A block as the kernel tells of it, for whoever has no ledger: by the comments of its elements.
package struct StandingBlock: Hashable, Sendable {
    package var identifier: BlockIdentifier
    /// When the last of its elements ends; nil when one never does.
    package var until: Timestamp?
    package var stopped = StoppedTraffic()
    /// What it stops, an element each, as nft(8) writes keys: `sending veth1a2b . 192.0.2.7 . tcp . 443`. In order, at most `lineLimit`.
    package var lines: [String] = []

    /// The most elements that are written out.
    package static var lineLimit: Int { 16 }

    /// All that stand, by number.
    package static func all(in standing: [Nftables.Family: Nftables.Contents], at time: Timestamp) -> [Self] {
        var found: [BlockIdentifier: Self] = [:]
        for contents in standing.values {
            for set in contents.sets {
                for element in contents.elements[set.name] ?? [] {
                    let until = element.expiration.map { time.advanced(by: $0) }
                    for identifier in element.blocks {
                        var block = found[identifier] ?? Self(identifier: identifier, until: time)
                        block.until = DesiredElement.later(block.until, until)
                        if let counter = element.counter {
                            block.stopped =
                                block.stopped + StoppedTraffic(packets: counter.packets, bytes: counter.bytes)
                        }
                        block.lines.append(element.line(in: set))
                        found[identifier] = block
                    }
                }
            }
        }
        return found.values.sorted { $0.identifier < $1.identifier }.map { block in
            var block = block
            block.lines = Array(block.lines.sorted().prefix(lineLimit))
            return block
        }
    }

    /// What takes a block away without a ledger: its elements, but for those that stand for others, too. Sets and rules stay, which find
    /// nothing.
    package static func release(
        _ identifier: BlockIdentifier,
        from standing: [Nftables.Family: Nftables.Contents]
    ) -> [TableChange] {
        standing.sorted { $0.key.rawValue < $1.key.rawValue }.flatMap { _, contents in
            contents.sets.compactMap { set -> TableChange? in
                let keys = (contents.elements[set.name] ?? []).filter { $0.blocks == [identifier] }.map(\.key)
                return keys.isEmpty ? nil : .deleteElements(set, keys.sorted { $0 < $1 })
            }
        }
    }
}

extension Nftables.Element {
    /// The numbers in its comment, as `DesiredElement.comment` has them; none where there are none, or something else stands there.
    var blocks: [BlockIdentifier] {
        (comment ?? "").split(separator: " ").compactMap { BlockIdentifier(String($0)) }
    }

    fileprivate func line(in set: Nftables.Set) -> String {
        let hook = set.name.prefix { $0 != "_" }
        let fields = key.fields(set.key)?.map(\.text) ?? ["?"]
        return ([String(hook)] + [fields.joined(separator: " . ")]).joined(separator: " ")
    }
}

extension Nftables.Field {
    /// Its value, or both ends of its range.
    fileprivate var text: String {
        let ends = isRange ? [first, last] : [first]
        return ends.map { kind.text(of: $0) }.joined(separator: "-")
    }
}

extension Nftables.FieldKind {
    fileprivate func text(of bytes: [UInt8]) -> String {
        let number = bytes.reduce(0 as UInt128) { $0 << 8 | UInt128($1) }
        switch self {
        case .ipv4: return "\(IPv4Address(bits: UInt32(truncatingIfNeeded: number)))"
        case .ipv6:
            let high = UInt64(truncatingIfNeeded: number >> 64)
            return "\(IPv6Address(high: high, low: UInt64(truncatingIfNeeded: number)))"
        case .interfaceName: return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        case .inetProtocol:
            return PolicyProtocol(number: UInt8(truncatingIfNeeded: number))?.rawValue ?? "\(number)"
        case .inetService: return "\(number)"
        case .cgroupsv2, .mark, .interfaceIndex, .packetType:
            return "\(bytes.reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) })"
        case .ether: return "\(MACAddress(bits: UInt64(truncatingIfNeeded: number)))"
        }
    }
}
