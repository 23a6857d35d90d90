import Declarations

extension PolicyReader {
    static var trafficKeys: [String] { ["protocol", "ports"] }

    mutating func traffic(in fields: MappingFields) -> Traffic {
        let word = value("protocol", of: fields, .word("a protocol") as Notation<PolicyProtocol>)
        let ports = values("ports", of: fields, limit: Traffic.portLimit, .ports) ?? []
        if let word, !word.hasPorts, !ports.isEmpty, let node = fields["ports"] {
            note(node.place, fields.path("ports"), "cannot be said of \(word.rawValue), which has no ports")
        }
        return Traffic(protocolNumber: word?.number, ports: Self.apart(ports))
    }

    /// In order, and those that touch as one.
    private static func apart(_ ports: [ClosedRange<UInt16>]) -> [ClosedRange<UInt16>] {
        var result: [ClosedRange<UInt16>] = []
        for range in ports.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = result.last, Int(range.lowerBound) <= Int(last.upperBound) + 1 {
                result[result.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                result.append(range)
            }
        }
        return result
    }

    mutating func readInterfaces(_ fields: MappingFields) {
        guard let elements = elements("interfaces", of: fields, limit: LevelInterface.limit) else { return }
        policy.interfaces = elements.compactMap { interface(of: $0, path: fields.path("interfaces")) }
    }

    private mutating func interface(of node: YAMLNode, path: String) -> LevelInterface? {
        let keys = ["from", "to", "direction", "source", "destination"] + Self.trafficKeys
        guard let fields = fields(of: node, path: path, keys: keys) else { return nil }
        let levels = policy.sensitivity.levels
        let from = required("from", of: fields, .level(levels))
        let to = required("to", of: fields, .level(levels))
        let traffic = traffic(in: fields)
        let direction = value("direction", of: fields, .word("a direction") as Notation<LevelInterface.Direction>)
        let source = fields["source"].map { exemptingSelector(of: $0, path: fields.path("source")) }
        let destination = fields["destination"].map { exemptingSelector(of: $0, path: fields.path("destination")) }
        guard let from, let to else { return nil }
        if from == to {
            note(node.place, path, "wants two levels; within one nothing need be declared")
            return nil
        }
        var interface = LevelInterface(from: from, to: to)
        interface.traffic = traffic
        interface.direction = direction ?? .oneWay
        interface.source = source ?? nil
        interface.destination = destination ?? nil
        return interface
    }

    mutating func readEgress(_ fields: MappingFields) {
        guard let elements = elements("egress", of: fields, limit: EgressRule.limit) else { return }
        policy.egress = elements.compactMap { egress(of: $0, path: fields.path("egress")) }
    }

    private mutating func egress(of node: YAMLNode, path: String) -> EgressRule? {
        let keys = ["source", "level", "to"] + Self.trafficKeys
        guard let fields = fields(of: node, path: path, keys: keys) else { return nil }
        var rule = EgressRule()
        if let node = fields["source"] { rule.source = exemptingSelector(of: node, path: fields.path("source")) }
        rule.level = value("level", of: fields, .level(policy.sensitivity.levels))
        for place in values("to", of: fields, limit: EgressRule.placeLimit, .destination) ?? [] {
            switch place {
            case .block(let block): rule.blocks.append(block)
            case .domain(let domain): rule.domains.append(domain)
            }
        }
        rule.traffic = traffic(in: fields)
        return rule
    }
}
