import Addressing
import Containers
import Policy

/// The ways that declared interfaces allow, as elements: each at four hooks, as the call is sent and received, and its answer.
struct LevelWays {
    private let policy: DeclaredPolicy
    private(set) var tables: [NetworkNamespace: ElementTable] = [:]
    private(set) var gaps: [LevelGap] = []
    /// Elements put in, the same ones counted twice.
    private(set) var count = 0

    init(_ policy: DeclaredPolicy) {
        self.policy = policy
    }

    /// What one place may call at another of a different level.
    mutating func insert(from caller: LevelledPlace, to server: LevelledPlace) {
        guard caller.level != server.level else { return }
        for traffic in traffic(from: caller, to: server) {
            insert(.declared, .sending, at: caller, server.addresses, traffic)
            insert(.declared, .receiving, at: server, caller.addresses, traffic)
            insert(.answers, .sending, at: server, caller.addresses, traffic)
            insert(.answers, .receiving, at: caller, server.addresses, traffic)
        }
    }

    /// What a place may call outside, and what from there may call it.
    mutating func insertOutward(of place: LevelledPlace) {
        guard policy.sensitivity.leavingIsCrossing(place.level) else { return }
        for rule in policy.egress where (rule.level ?? place.level) == place.level && place.isMeant(by: rule.source) {
            for name in rule.domains where !gaps.contains(.names(name)) { gaps.append(.names(name)) }
            if rule.goesAnywhere {
                insertAnywhere(.outward, at: place, rule.traffic)
            } else {
                for block in rule.blocks { insert(.outward, .sending, at: place, block, rule.traffic) }
            }
        }
        guard let outside = policy.sensitivity.outside else {
            // Coming in from outside is no crossing then, and who is called may answer: at the ports its runtime has published.
            for port in place.residents.flatMap({ $0.container.description.published ?? [] }) {
                let traffic = Traffic(
                    protocolNumber: port.protocolNumber,
                    ports: [port.containerPort...port.containerPort]
                )
                insertAnywhere(.outwardAnswers, at: place, traffic)
            }
            return
        }
        for interface in policy.interfaces {
            for way in interface.ways {
                if way.from == place.level, way.to == outside, place.isMeant(by: way.source) {
                    insertOutside(.outward, at: place, way.destination, way.traffic)
                }
                if way.from == outside, way.to == place.level, place.isMeant(by: way.destination) {
                    insertOutside(.outwardAnswers, at: place, way.source, way.traffic)
                }
            }
        }
    }

    private func traffic(from caller: LevelledPlace, to server: LevelledPlace) -> [Traffic] {
        policy.interfaces.flatMap(\.ways).filter { way in
            way.from == caller.level && way.to == server.level && caller.isMeant(by: way.source)
                && server.isMeant(by: way.destination)
        }.map(\.traffic)
    }

    private mutating func insert(
        _ use: SetShape.Use,
        _ hook: PlaceHook,
        at place: LevelledPlace,
        _ remotes: [IPAddress],
        _ traffic: Traffic
    ) {
        for remote in remotes { insert(use, hook, at: place, IPPrefix(of: remote), traffic) }
    }

    /// Outside, meant by a selector's blocks of addresses; by nothing else can it be meant beforehand.
    private mutating func insertOutside(
        _ use: SetShape.Use,
        at place: LevelledPlace,
        _ selector: Selector?,
        _ traffic: Traffic
    ) {
        guard let selector else { return insertAnywhere(use, at: place, traffic) }
        for block in selector.blocks { insert(use, .sending, at: place, block, traffic) }
    }

    private mutating func insertAnywhere(_ use: SetShape.Use, at place: LevelledPlace, _ traffic: Traffic) {
        insert(use, .sending, at: place, nil, traffic)
    }

    private mutating func insert(
        _ use: SetShape.Use,
        _ hook: PlaceHook,
        at place: LevelledPlace,
        _ remote: IPPrefix?,
        _ traffic: Traffic
    ) {
        for device in place.devices {
            count += ElementTable.count(of: traffic, with: remote)
            // Past the limit it is only counted, and not kept.
            guard count <= LevelPlan.limit else { continue }
            tables[device.namespace, default: ElementTable()]
                .insert(use, at: hook, of: .device(device.name), remote, traffic, DesiredElement())
        }
    }
}

extension LevelInterface {
    /// It in each of its directions.
    fileprivate var ways: [Self] {
        guard direction == .both else { return [self] }
        var back = Self(from: to, to: from)
        back.traffic = traffic
        back.source = destination
        back.destination = source
        return [self, back]
    }
}
