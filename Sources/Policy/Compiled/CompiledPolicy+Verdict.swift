extension CompiledPolicy {
    /// What the policy says of a flow that one end began. `name` is what the destination was asked for by: a DNS answer, or the
    /// name in a first payload. `port` is the destination's; 0 for protocols without ports.
    package mutating func verdict(
        from source: PolicyEnd,
        to destination: PolicyEnd,
        name: String? = nil,
        protocolNumber: UInt8,
        port: UInt16
    ) -> FlowVerdict {
        forgetWhenFull()
        let (from, to) = (profiles.number(of: source), profiles.number(of: destination))
        let (sourceLevel, destinationLevel) = (profiles[from].level, profiles[to].level)
        var verdict = FlowVerdict(
            sourceLevel: sourceLevel,
            destinationLevel: destinationLevel,
            crossing: .abstains,
            egress: .none
        )
        if destination.isOutside, !source.isOutside {
            let rule = egress.rule(
                from: from,
                in: profiles,
                to: destination.address,
                name: name,
                protocolNumber: protocolNumber,
                port: port
            )
            verdict.egress = egress.isEmpty ? .abstains : rule.map { .declared(rule: $0) } ?? .undeclared
        }
        let interface = interfaces.interface(
            from: from,
            to: to,
            in: profiles,
            protocolNumber: protocolNumber,
            port: port
        )
        verdict.crossing = crossing(verdict, isOutward: destination.isOutside, interface: interface)
        return verdict
    }

    private func crossing(
        _ verdict: FlowVerdict,
        isOutward: Bool,
        interface: Int?
    ) -> FlowVerdict.Crossing {
        guard let source = verdict.sourceLevel else { return .abstains }
        if let destination = verdict.destinationLevel {
            if source == destination { return .none }
            if let interface { return .declared(interface: interface) }
        } else {
            // Where nobody says what level the outside has, the most sensitive must not go there all the same.
            guard isOutward, source == declared.sensitivity.levels.highest else { return .abstains }
        }
        if case .declared(let rule) = verdict.egress { return .declaredEgress(rule: rule) }
        return .undeclared
    }
}
