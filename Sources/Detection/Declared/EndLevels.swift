import Addressing
import Containers
import Policy

/// How sensitive ends are that were asked of lately, so that a glance at a flow between two of them is enough. A table without chains:
/// of whom it has forgotten the policy is asked once more.
struct EndLevels {
    /// Whose level it is: that of a container, or of an address in its scope.
    struct Key: TableKey {
        let address: IPAddress
        let scope: UInt32
        let container: ContainerKey?

        @inline(__always)
        func fold(into fold: inout Fold) {
            fold.add(UInt64(scope))
            fold.add(address)
            container?.fold(into: &fold)
        }
    }

    private struct Place {
        var print: UInt64 = 0
        var level: SensitivityLevel?
    }

    private var places: [Place] = []

    /// A power of two.
    static var size: Int { 8192 }

    /// What is known of an end's level; nil: nothing. The level itself is nil where the policy gives none.
    func level(of key: Key) -> SensitivityLevel?? {
        if places.isEmpty { return nil }
        let imprint = Imprint(key)
        let place = places[Self.number(imprint)]
        return place.print == imprint.print ? .some(place.level) : nil
    }

    mutating func note(_ level: SensitivityLevel?, of key: Key) {
        if places.isEmpty { places = [Place](repeating: Place(), count: Self.size) }
        let imprint = Imprint(key)
        places[Self.number(imprint)] = Place(print: imprint.print, level: level)
    }

    /// Another policy holds, or something is known of a container that was not.
    mutating func forget() { places = [] }

    private static func number(_ imprint: Imprint) -> Int { Int(truncatingIfNeeded: imprint.place >> 40) & (size - 1) }
}
