/// Says which scope the traffic seen at a place belongs to. A line of the scope map.
package struct ScopeAssignment: Hashable, Sendable {
    /// Where traffic is seen.
    package enum Place: Hashable, Sendable {
        /// What passes an interface in no tunnel and no VLAN. Unassigned it is `bare`.
        case interface(InterfaceKey)
        /// What travels in an overlay with this VNI, wherever it is seen. Unassigned it is the segment of that VNI.
        case segment(UInt32)
    }

    package var place: Place
    package var scope: ScopeName

    package init(place: Place, scope: ScopeName) {
        self.place = place
        self.scope = scope
    }
}

extension ScopeAssignment.Place {
    /// The scope that holds where nothing is assigned.
    package var unassigned: ScopeName {
        switch self {
        case .interface: .bare
        case .segment(let identifier): .segment(identifier: identifier, vlan: 0)
        }
    }
}

extension ScopeAssignment.Place: Comparable {
    /// Interfaces by key, then segments by number: an order for output that nothing else depends on.
    package static func < (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.interface(let left), .interface(let right)): left < right
        case (.segment(let left), .segment(let right)): left < right
        case (.interface, .segment): true
        case (.segment, .interface): false
        }
    }
}
