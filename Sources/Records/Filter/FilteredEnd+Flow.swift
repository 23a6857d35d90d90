import Containers
import Flows

/// From the words of a flow.
extension FilteredEnd {
    init(_ real: FlowTranslation.End, _ shown: FlowTranslation.End?, hasPorts: Bool, _ segment: UInt32?) {
        address = real.address
        shownAddress = shown?.address
        if hasPorts {
            port = real.port
            shownPort = shown?.port
        }
        self.segment = segment
    }

    /// Takes in who it is.
    mutating func identify(_ identity: Identity) {
        container = identity.container
        candidates = identity.candidates
        bridge = identity.bridgeName
    }
}
