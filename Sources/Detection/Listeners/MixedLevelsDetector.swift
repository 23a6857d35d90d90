import Addressing
import Containers
import Policy

/// Notes that containers of different sensitivity share a host's kernel. Told once for each set of levels; abstains where no
/// container has a level. NIST SP 800-190, section 4.3.4
///
/// A container's labels may come after it, so its level counts a while later. Bounded in containers.
struct MixedLevelsDetector: Sendable {
    private struct Ranked: Sendable {
        var container: Container
        var level: SensitivityLevel
    }

    private var ranked: [ContainerKey: Ranked] = [:]
    /// Levels of those that count.
    private var settled: [ContainerKey: SensitivityLevel] = [:]
    private var counts: [SensitivityLevel: Int] = [:]
    private var line = DelayLine<ContainerKey>(seconds: Self.delay, limit: Self.limit)
    private var told: Set<Set<SensitivityLevel>> = []

    static var limit: Int { 16_384 }
    static var delay: Int64 { 60 }
    /// Sets of levels that are told of.
    static var toldLimit: Int { 64 }

    /// When the first level counts of those that do not yet.
    var due: Timestamp { line.due }

    mutating func take(_ container: Container, _ level: SensitivityLevel?, at time: Timestamp) {
        guard let level, !container.description.isSandbox else { return }
        let known = ranked[container.key]
        guard known?.level != level, known != nil || ranked.count < Self.limit else { return }
        ranked[container.key] = Ranked(container: container, level: level)
        line.append(container.key, at: time)
    }

    mutating func ended(_ key: ContainerKey) {
        ranked[key] = nil
        if let level = settled.removeValue(forKey: key) {
            counts[level] = counts[level].flatMap { $0 > 1 ? $0 - 1 : nil }
        }
    }

    mutating func advance(to time: Timestamp, to alerts: inout [Alert]) {
        while let (key, due) = line.takeDue(at: time) {
            guard let one = ranked[key], settled[key] != one.level else { continue }
            if let old = settled[key] { counts[old] = counts[old].flatMap { $0 > 1 ? $0 - 1 : nil } }
            settled[key] = one.level
            counts[one.level, default: 0] += 1
            let levels = Set(counts.keys)
            guard levels.count > 1, told.count < Self.toldLimit, told.insert(levels).inserted else { continue }
            let party = Party(one.container)
            let message =
                "\(party.calledName) shares this host with containers of another sensitivity: there are \(levels.count) levels"
            alerts.append(Alert(.mixedLevels, party, at: due, message))
        }
    }
}
