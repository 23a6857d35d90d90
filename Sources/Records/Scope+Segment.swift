import Flows

extension Scope.Name {
    /// The value of `segment.id`: a VNI, or outside overlays the VLAN word.
    var segment: UInt32? {
        switch self {
        case .segment(let identifier, _): identifier
        case .vlan(let word): word
        case .bare, .namespace, .device: nil
        }
    }
}
