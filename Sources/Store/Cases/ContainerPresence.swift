import Addressing

/// Which containers run, as far as the journal that was written since the agent began tells.
struct ContainerPresence {
    /// Nil as long as it was not told once what all is so.
    private var running: Set<String>?
    /// Since when that is so.
    private var began: Timestamp?
    private var isSettled = false
    /// When those ended that are gone: an alert may come after the end of whom it is about.
    private var gone: [String: Timestamp] = [:]

    /// Containers that are gone and remembered.
    private static var goneLimit: Int { 4096 }
    /// Seconds in which all that is so was told.
    private static var patience: Int64 { 60 }

    /// What is told from here on begins with all that is so.
    mutating func begin(at time: Timestamp) {
        (running, began, isSettled) = ([], time, false)
    }

    mutating func runs(_ identifier: String) {
        running?.insert(identifier)
        gone[identifier] = nil
    }

    mutating func ended(_ identifier: String, at time: Timestamp) {
        running?.remove(identifier)
        if gone.count >= Self.goneLimit { gone = [:] }
        gone[identifier] = time
    }

    func isRunning(_ identifier: String) -> Bool { running?.contains(identifier) != false }

    /// When a container ended; nil while it runs, or where that is not known.
    func end(of identifier: String) -> Timestamp? { gone[identifier] }

    /// When what was told began, once that all of it must have been: said once.
    mutating func settled(at time: Timestamp) -> Timestamp? {
        guard let began, !isSettled, time.seconds - began.seconds >= Self.patience else { return nil }
        isSettled = true
        return began
    }
}
