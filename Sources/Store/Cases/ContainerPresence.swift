import Addressing
import Containers

/// Which containers run, as far as the journal that was written since the agent began tells.
struct ContainerPresence {
    /// Nil as long as it was not told once what all is so.
    private var running: [String: Run]?
    /// Since when that is so.
    private var began: Timestamp?
    private var isSettled = false
    /// Those that are gone: an alert may come after the end of whom it is about, and so may what its runtime tells of it.
    private var gone: [String: Gone] = [:]

    /// What tells one run of a container from another.
    fileprivate struct Run {
        var generation: UInt32
        var process: Int32?
        var namespace: NetworkNamespace?
    }

    private struct Gone {
        var time: Timestamp
        var run: Run
    }

    /// Containers that are gone and remembered.
    private static var goneLimit: Int { 4096 }
    /// Seconds in which all that is so was told.
    private static var patience: Int64 { 60 }

    /// What is told from here on begins with all that is so.
    mutating func begin(at time: Timestamp) {
        (running, began, isSettled) = ([:], time, false)
    }

    /// A container runs; false where what is told is of a run that has ended.
    mutating func runs(_ container: Container) -> Bool {
        let run = Run(container)
        if let gone = gone[container.key.identifier], !run.isAnother(than: gone.run) { return false }
        running?[container.key.identifier] = run
        gone[container.key.identifier] = nil
        return true
    }

    mutating func ended(_ key: ContainerKey, at time: Timestamp) {
        var run = running?.removeValue(forKey: key.identifier) ?? Run(Container(key: key))
        run.generation = max(run.generation, key.generation)
        if gone.count >= Self.goneLimit { gone = [:] }
        gone[key.identifier] = Gone(time: time, run: run)
    }

    func isRunning(_ identifier: String) -> Bool { running.map { $0[identifier] != nil } ?? true }

    /// When a container ended; nil while it runs, or where that is not known.
    func end(of identifier: String) -> Timestamp? { gone[identifier]?.time }

    /// When what was told began, once that all of it must have been: told once.
    mutating func settle(at time: Timestamp) -> Timestamp? {
        guard let began, !isSettled, time.seconds - began.seconds >= Self.patience else { return nil }
        isSettled = true
        return began
    }
}

extension ContainerPresence.Run {
    fileprivate init(_ container: Container) {
        self.init(
            generation: container.key.generation,
            process: container.process,
            namespace: container.namespace
        )
    }

    /// Another run is another generation; or, where whoever counts has forgotten the one before, has another process or namespace.
    fileprivate func isAnother(than other: Self) -> Bool {
        if generation > other.generation { return true }
        if let process, let before = other.process, process != before { return true }
        if let namespace, let before = other.namespace, namespace != before { return true }
        return false
    }
}
