/// Both ends of a flow.
public struct FlowEnds {
    public var source: FlowTranslation.End
    public var destination: FlowTranslation.End

    /// The ends a flow really has (who began before its source was changed, who answers after its destination was), and the
    /// other addresses the wire showed, where NAT makes a difference.
    public static func of(
        _ flow: borrowing Flow,
        _ translation: FlowTranslation?
    ) -> (real: Self, nat: (source: FlowTranslation.End?, destination: FlowTranslation.End?)) {
        let source = FlowTranslation.End(address: flow.source, port: flow.sourcePort)
        let destination = FlowTranslation.End(address: flow.destination, port: flow.destinationPort)
        guard let translation else { return (Self(source: source, destination: destination), (nil, nil)) }
        let changed = translation.source != translation.translatedSource ? translation.translatedSource : nil
        let asked = translation.destination != translation.translatedDestination ? translation.destination : nil
        // Whoever sent the first packet we saw need not be who conntrack says began.
        let asTold = source == translation.source || source == translation.translatedSource
        if asTold {
            let real = Self(source: translation.source, destination: translation.translatedDestination)
            return (real, (changed, asked))
        }
        let real = Self(source: translation.translatedDestination, destination: translation.source)
        return (real, (asked, changed))
    }
}
