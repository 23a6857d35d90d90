#if CRI
import Containers
import Runtimes

/// The containers of one runtime as far as it told of them, and what is news in its next list.
struct CRILedger {
    private var containers: [String: ContainerDescription] = [:]

    func knows(_ identifier: String) -> Bool { containers[identifier] != nil }

    /// What a list of all makes known. Containers it lacks are no more. With `isAnew`, all of it is told.
    ///
    /// Bounded by `RuntimeBounds.containers`: those that are known stay, of others the first by identifier are taken.
    mutating func take(_ list: [String: ContainerDescription], isAnew: Bool) -> [RuntimeReport] {
        let gone = containers.keys.filter { list[$0] == nil }.sorted()
        for identifier in gone { containers[identifier] = nil }
        var reports = gone.map { RuntimeReport.removed(identifier: $0) }
        for (identifier, told) in list.sorted(by: { $0.key < $1.key }) {
            let known = containers[identifier]
            guard known != nil || containers.count < RuntimeBounds.containers else { continue }
            containers[identifier] = told
            if isAnew || told != known { reports.append(.container(identifier: identifier, told)) }
        }
        return reports
    }
}
#endif
