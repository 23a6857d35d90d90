import Addressing
import Containers
import Enforcement
import Records

/// What is said when the kernel has had its say.
extension BlockBook {
    /// Takes everything of ours out of the kernel, whatever it is.
    func clear() {
        let namespaces = neighbourhood.look().inventory.namespaces.compactMap(\.namespace)
        clearFailures = kernel.clear(Set(namespaces))
        for failure in clearFailures { remark("not taken away: \(failure)") }
        doubt()
    }

    /// What a call that changed something is answered with. A block of a person that the kernel did not take is let go again.
    func outcome(of call: BlockCall, _ blocks: [BlockIdentifier], at time: Timestamp) -> BlockAnswer {
        if case .add(_, let author) = call, let identifier = blocks.first, let why = failing[identifier]?.why {
            if let entry = try? ledger.release(identifier, by: author, at: time) { note(entry) }
            return .refused(.failed, "Not blocked: \(why).")
        }
        if case .panic = call, let failure = clearFailures.first {
            return .refused(.failed, "Not all is let go: \(failure).")
        }
        let records = blocks.compactMap { identifier -> BlockRecord? in
            if let block = ledger[identifier] { return record(of: block, .state, at: time) }
            return ended.last { $0.block.identifier == identifier }
        }
        return .done(records)
    }
}
