import Addressing
import Containers

/// What a `SubjectTable` finds things by.
protocol TableKey: Hashable, Sendable {
    /// Adds what tells it apart from others. Left out where a table is seldom asked: then it is Swift's own hash.
    func fold(into fold: inout Fold)
}

extension TableKey {
    func fold(into fold: inout Fold) { fold.add(UInt64(truncatingIfNeeded: hashValue)) }
}

extension UInt32: TableKey {
    func fold(into fold: inout Fold) { fold.add(UInt64(self)) }
}

/// For prints.
extension UInt64: TableKey {
    @inline(__always)
    func fold(into fold: inout Fold) { fold.add(self) }
}

extension IPAddress: TableKey {
    @inline(__always)
    func fold(into fold: inout Fold) { fold.add(self) }
}

extension Subject: TableKey {
    @inline(__always)
    func fold(into fold: inout Fold) {
        switch self {
        case .address(let address, let scope):
            fold.add(UInt64(scope))
            fold.add(address)
        case .container(let key): key.fold(into: &fold)
        }
    }
}

extension ContainerKey: TableKey {
    /// Identifiers are random: their first letters tell nearly all apart.
    func fold(into fold: inout Fold) {
        fold.add(UInt64(generation) << 32 | UInt64(truncatingIfNeeded: identifier.utf8.count))
        var word: UInt64 = 0
        for (place, unit) in identifier.utf8.prefix(16).enumerated() {
            if place == 8 {
                fold.add(word)
                word = 0
            }
            word = word &<< 8 ^ UInt64(unit)
        }
        fold.add(word)
    }
}

extension NetworkNamespace: TableKey {}
