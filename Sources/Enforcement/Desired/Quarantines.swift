import Addressing
import Containers
import Policy

/// Who is cut off where, and what stays open to him: what every quarantine he is in leaves open, as none may be weakened by another.
struct Quarantines {
    private struct Cut {
        var element: DesiredElement
        var allowed: [IPPrefix]
    }

    private var cuts: [Place: Cut] = [:]

    init() {}

    mutating func add(_ place: Place, _ until: Timestamp?, _ allowed: [IPPrefix], _ block: BlockIdentifier) {
        let element = DesiredElement(until: until, blocks: [block])
        guard var cut = cuts[place] else {
            cuts[place] = Cut(element: element, allowed: Self.outermost(allowed))
            return
        }
        cut.element.join(element)
        cut.allowed = Self.outermost(cut.allowed.flatMap { one in allowed.compactMap { Self.common(one, $0) } })
        cuts[place] = cut
    }

    /// The smaller of two blocks of addresses where one is in the other; nil when they have nothing in common.
    private static func common(_ left: IPPrefix, _ right: IPPrefix) -> IPPrefix? {
        guard left.overlaps(right) else { return nil }
        return left.length > right.length ? left : right
    }

    private static func outermost(_ prefixes: [IPPrefix]) -> [IPPrefix] {
        Set(prefixes).filter { one in
            !prefixes.contains { $0.length < one.length && $0.contains(one.address) }
        }.sorted { ($0.address, $0.length) < ($1.address, $1.length) }
    }

    func insert(into tables: inout [NetworkNamespace: ElementTable]) {
        for (place, cut) in cuts {
            var table = tables[place.namespace] ?? ElementTable()
            table.insert(.quarantined, at: place.hook, of: place.local, nil, Traffic(), cut.element)
            if !cut.allowed.isEmpty {
                table.insert(.resolving, at: place.hook, of: place.local, nil, Traffic(), cut.element)
            }
            for prefix in cut.allowed {
                table.insert(.allowed, at: place.hook, of: place.local, prefix, Traffic(), cut.element)
            }
            tables[place.namespace] = table
        }
    }
}
