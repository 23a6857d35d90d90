import Addressing
import Containers
package import Runtimes

/// What runtimes tell, and what stands in OCI bundles.
extension HostWatch {
    /// Begins to follow runtimes: what they report is heard by `loop`. Before `begin`, and once.
    package func follow(_ sockets: [RuntimeSocket]) {
        follow(sockets) { _ in }
    }

    /// The same; `heard` is called with each report, on any thread, and must not wait.
    func follow(_ sockets: [RuntimeSocket], heard: @escaping @Sendable (RuntimeReport) -> Void) {
        let reports = reports
        runtimes = sockets.map { socket in
            FollowedRuntime(socket, labels: labels) { report in
                reports.put(CollectionOfOne(report))
                heard(report)
            }
        }
    }

    /// Follows runtimes no more. When `loop` has ended.
    package func leave() {
        for runtime in runtimes { runtime.leave() }
        runtimes = []
    }

    func receiveReports() {
        for report in reports.take() {
            switch report {
            // A runtime that is not here is no failure.
            case .unreachable(let source, let reason) where KernelFiles.inode(of: source) != nil:
                remark("\(source): \(reason); names or labels of its containers may be missing")
            case .connected(let source): said = said.filter { !$0.hasPrefix("\(source): ") }
            case .container(let identifier, let description) where !description.wantsBundle:
                undescribed.forget(identifier)
            case .unreachable, .container, .removed: break
            }
            tell(roster.heard(report))
        }
    }

    /// Describes some of the containers that no runtime has told of by their time, each from its bundle.
    func readBundles(now: Timestamp) {
        for (identifier, process, isLast) in undescribed.takeDue(at: now) {
            guard let known = roster.container(identifier)?.description, known.wantsBundle else { continue }
            if let bundle = OCIBundle.find(identifier: identifier, process: process, proc: places.proc, keys: labels) {
                let told = bundle.description.beside(known)
                tell(roster.heard(.container(identifier: identifier, told)))
            } else {
                undescribed.missed(identifier, process: process, wasLast: isLast, at: now)
            }
        }
    }
}
