import Addressing
import Containers
import Policy

/// Who waits for callers, and what runs beside what on a host. Rests on the journal: without one there is nothing to judge.
struct ListenerDetectors: Sendable {
    private var residents = Residents()
    private var newcomers: NewListenerDetector
    private var shells = RemoteShellDetector()
    private var workloads = MixedWorkloadsDetector()
    private var levels = MixedLevelsDetector()

    init(_ thresholds: Thresholds) { newcomers = NewListenerDetector(thresholds) }

    mutating func apply(_ thresholds: Thresholds) { newcomers.apply(thresholds) }

    /// `level`: how sensitive the container is that the entry is about, where a policy says.
    mutating func take(_ entry: JournalEntry, level: SensitivityLevel?, to alerts: inout [Alert]) {
        let early = residents.take(entry)
        if case .container(let container) = entry.change {
            newcomers.describe(container)
            levels.take(container, level, at: entry.time)
        }
        for listener in early { take(listener, at: entry.time, to: &alerts) }
        switch entry.change {
        case .listener(let listener): take(listener, at: entry.time, to: &alerts)
        case .containerEnded(let key): levels.ended(key)
        default: break
        }
    }

    private mutating func take(_ listener: Listener, at time: Timestamp, to alerts: inout [Alert]) {
        guard let owner = residents.owner(of: listener) else {
            if listener.namespace == residents.host {
                workloads.take(listener, at: time)
            } else {
                residents.hold(listener)
            }
            return
        }
        let party = residents.party(owner, listener)
        shells.take(listener, party, at: time, to: &alerts)
        newcomers.take(listener, party, since: residents.since(owner.key), at: time, to: &alerts)
    }

    /// When the first of what waits is to be looked at again.
    var due: Timestamp { min(workloads.due, levels.due) }

    /// Says that it is that time, although nothing happened.
    mutating func advance(to time: Timestamp, to alerts: inout [Alert]) {
        workloads.advance(to: time, residents, to: &alerts)
        levels.advance(to: time, to: &alerts)
    }
}
