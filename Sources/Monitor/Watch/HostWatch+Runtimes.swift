import Containers

/// What runtimes tell, and what stands in OCI bundles.
extension HostWatch {
    func receiveReports() {
        for report in reports.take() {
            switch report {
            // A runtime that is not here is no failure.
            case .unreachable(let source, let reason) where KernelFiles.inode(of: source) != nil:
                remark("\(source): \(reason); names of its containers may be missing")
            case .connected(let source): said = said.filter { !$0.hasPrefix("\(source): ") }
            case .unreachable, .container, .removed: break
            }
            tell(roster.heard(report))
        }
    }

    func describeFromBundle(_ identifier: String, process: ProcessFacts) {
    }
}
