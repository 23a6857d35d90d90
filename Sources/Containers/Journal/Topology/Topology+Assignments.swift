/// The scope map that follows from the topology.
extension Topology {
    /// All places whose scope is not the one that holds unassigned.
    func assignments() -> [ScopeAssignment.Place: ScopeName] {
        var assigned: [ScopeAssignment.Place: ScopeName] = [:]
        var overlays: [UInt32: [InterfaceKey]] = [:]
        for (key, link) in links where link.goneAt == nil {
            let place = ScopeAssignment.Place.interface(key)
            let scope = scope(of: key)
            if scope != place.unassigned { assigned[place] = scope }
            if link.interface.kind == "vxlan", let identifier = link.interface.networkIdentifier, identifier != 0 {
                overlays[identifier, default: []].append(key)
            }
        }
        for (identifier, keys) in overlays {
            let place = ScopeAssignment.Place.segment(identifier)
            if let scope = scope(ofSegment: identifier, among: keys), scope != place.unassigned {
                assigned[place] = scope
            }
        }
        return assigned
    }
}
