import Addressing
package import Containers

/// The containers of one runtime as far as it told of them, and what is news in what it tells next.
///
/// Events, a list of all and answers about single containers overtake each other; whatever their order, a container that was
/// destroyed stays so, and what is known exactly is not replaced by less.
package struct RuntimeLedger {
    /// What is known of each container there is, by identifier.
    package private(set) var containers: [String: ContainerDescription] = [:]
    /// Those of which the runtime was asked and told all.
    private var detailed: Set<String> = []
    /// Those about which it is to be asked, until it has answered.
    private var wanted: Set<String> = []
    /// While a list is asked for: what was there before, and what was destroyed since.
    private var listing: (before: Set<String>, destroyed: Set<String>)?
    /// What it is: another one may come to listen at the same socket.
    package var runtime: ContainerRuntime = .docker

    package init() {}

    /// What an event makes known, and whether to ask the runtime about its container.
    mutating func take(_ event: EngineEvent) -> (report: RuntimeReport?, asks: Bool) {
        let identifier = event.identifier
        if event.action == .destroyed {
            return (remove(identifier), false)
        }
        guard hasRoom(for: identifier) else { return (nil, false) }
        var told = event.description
        // An event's labels lack those named like its other words.
        if detailed.contains(identifier) {
            told.labels = [:]
            told.owner = nil
            told.role = nil
        }
        let isKnown = event.action != .attached && detailed.contains(identifier)
        let asks = !isKnown && wanted.insert(identifier).inserted
        return (event.action == .attached ? nil : note(identifier, told), asks)
    }

    /// What the runtime's answer about one container makes known, if it is still there. Nil: it did not answer.
    mutating func take(_ told: ContainerDescription?, of identifier: String) -> RuntimeReport? {
        guard wanted.remove(identifier) != nil, let told, hasRoom(for: identifier) else { return nil }
        detailed.insert(identifier)
        return note(identifier, told)
    }

    /// A list of all is being asked for.
    mutating func beginList() {
        listing = (Set(containers.keys), [])
    }

    /// What the list makes known, and which of its containers to ask the runtime about.
    ///
    /// Containers it lacks are no more, but for those made since it was asked for. With `isAnew`, all of it is told.
    mutating func take(_ list: [EngineContainer], isAnew: Bool) -> (reports: [RuntimeReport], asks: [String]) {
        let (before, destroyed) = listing ?? ([], [])
        listing = nil
        var reports: [RuntimeReport] = []
        var asks: [String] = []
        var gone = before
        for container in list where !destroyed.contains(container.identifier) {
            let identifier = container.identifier
            gone.remove(identifier)
            guard hasRoom(for: identifier) else { continue }
            let isOpen = container.needsInspection && !detailed.contains(identifier)
            if isOpen, wanted.insert(identifier).inserted { asks.append(identifier) }
            if !container.needsInspection { detailed.insert(identifier) }
            let report = note(identifier, container.description)
            if isAnew, let known = containers[identifier] {
                reports.append(.container(identifier: identifier, known))
            } else if let report {
                reports.append(report)
            }
        }
        return (gone.sorted().compactMap { remove($0) } + reports, asks)
    }

    /// The connection is over: what was asked will not be answered.
    mutating func forgetQuestions() {
        wanted = []
        listing = nil
    }

    private func hasRoom(for identifier: String) -> Bool {
        containers[identifier] != nil || containers.count < RuntimeBounds.containers
    }

    private mutating func remove(_ identifier: String) -> RuntimeReport? {
        listing?.destroyed.insert(identifier)
        wanted.remove(identifier)
        detailed.remove(identifier)
        return containers.removeValue(forKey: identifier).map { _ in .removed(identifier: identifier) }
    }

    /// Adds to what is known; a report when that is more, or other, than before.
    private mutating func note(_ identifier: String, _ told: ContainerDescription) -> RuntimeReport? {
        let known = containers[identifier]
        var now = known ?? ContainerDescription()
        now.merge(told)
        now.runtime = runtime
        // Lists have whole seconds; what is known better stays.
        if let better = known?.created, let created = told.created, better.seconds == created.seconds,
            created.nanoseconds % 1_000_000_000 == 0
        {
            now.created = better
        }
        guard now != known else { return nil }
        containers[identifier] = now
        return .container(identifier: identifier, now)
    }
}
