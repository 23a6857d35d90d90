import Addressing
import Containers
import Runtimes

/// What runtimes tell, and what stands in OCI bundles.
extension HostWatch {
    func receiveReports() {
        for report in reports.take() {
            switch report {
            // A runtime that is not here is no failure.
            case .unreachable(let source, let reason) where KernelFiles.inode(of: source) != nil:
                remark("\(source): \(reason); names of its containers may be missing")
            case .connected(let source): said = said.filter { !$0.hasPrefix("\(source): ") }
            case .container(let identifier, let description) where description.name != nil:
                undescribed.forget(identifier)
            case .unreachable, .container, .removed: break
            }
            tell(roster.heard(report))
        }
    }

    /// Describes some of the containers that no runtime has told of by their time, each from its bundle.
    func readBundles(now: Timestamp) {
        for (identifier, process, isLast) in undescribed.takeDue(at: now) {
            guard let container = roster.container(identifier), container.description.name == nil else { continue }
            if let bundle = OCIBundle.find(identifier: identifier, process: process, proc: places.proc) {
                tell(roster.heard(.container(identifier: identifier, bundle.description)))
            } else {
                undescribed.missed(identifier, process: process, wasLast: isLast, at: now)
            }
        }
    }
}
