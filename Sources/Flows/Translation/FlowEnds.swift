/// Both ends of a flow.
public struct FlowEnds: Hashable, Sendable {
    public var source: FlowTranslation.End
    public var destination: FlowTranslation.End

    public init(source: FlowTranslation.End, destination: FlowTranslation.End) {
        self.source = source
        self.destination = destination
    }

    /// The ends of a flow as its packets were counted.
    public init(of flow: borrowing Flow) {
        source = FlowTranslation.End(address: flow.source, port: flow.sourcePort)
        destination = FlowTranslation.End(address: flow.destination, port: flow.destinationPort)
    }

    /// The ends a flow really has (who began before its source was changed, who answers after its destination was), and the
    /// other addresses the wire showed, where NAT makes a difference.
    public static func of(
        _ flow: borrowing Flow,
        _ translation: FlowTranslation?
    ) -> (real: Self, nat: (source: FlowTranslation.End?, destination: FlowTranslation.End?)) {
        let counted = Self(of: flow)
        guard let translation else { return (counted, (nil, nil)) }
        let changed = translation.source != translation.translatedSource ? translation.translatedSource : nil
        let asked = translation.destination != translation.translatedDestination ? translation.destination : nil
        // Whoever sent the first packet we saw need not be who conntrack says began.
        let asTold = counted.source == translation.source || counted.source == translation.translatedSource
        if asTold {
            let real = Self(source: translation.source, destination: translation.translatedDestination)
            return (real, (changed, asked))
        }
        let real = Self(source: translation.translatedDestination, destination: translation.source)
        return (real, (asked, changed))
    }
}
