import Glibc

/// What kernels before 6.3 have instead of NFT_MSG_DESTROYSETELEM.
extension Nftables.Batch {
    /// Whether it has messages that such kernels do not know.
    var destroys: Bool { steps.contains { $0.destroyed != nil } }

    /// Whether a message was refused as the kernel does not know its kind, it seems. nfnetlink_rcv_batch of net/netfilter/nfnetlink.c
    func isUnknown(_ refusal: Nftables.BatchError.Refused) -> Bool {
        refusal.code == EINVAL && steps[refusal.step].destroyed != nil
    }

    /// The same for such a kernel: elements of hashed sets are added before they are deleted, so that they are there. In sets of
    /// ranges what is not there may overlap what is, and could not be added: of these the deletion must be refused to tell.
    func withoutDestroying() -> Self {
        rebuilt { (batch, _, destroyed) in
            if destroyed.set.isHashed {
                batch.remove(destroyed.keys, from: destroyed.set)
            } else {
                batch.deleteIfThere(destroyed.keys, from: destroyed.set)
            }
        }
    }

    /// The same without the elements that were refused as they are not there; nil where anything else was refused as well, or the
    /// kernel did not say which. Of each message it names the first.
    func without(_ refused: [Nftables.BatchError.Refused], count: Int) -> Self? {
        guard refused.count == count else { return nil }
        var missing: [Int: Int] = [:]
        for refusal in refused {
            guard refusal.code == ENOENT, let element = refusal.element, steps[refusal.step].destroyed != nil else {
                return nil
            }
            missing[refusal.step] = element - steps[refusal.step].elementBase
        }
        return rebuilt { (batch, index, destroyed) in
            var keys = destroyed.keys
            if let gone = missing[index] { keys.remove(at: gone) }
            batch.deleteIfThere(keys, from: destroyed.set)
        }
    }

    /// Refusals of this batch as those of the one it was made of, of which elements are not numbered alike.
    func asAskedFor(_ refused: [Nftables.BatchError.Refused]) -> [Nftables.BatchError.Refused] {
        refused.map { refusal in
            var refusal = refusal
            if steps[refusal.step].destroyed != nil { refusal.element = nil }
            refusal.step = steps[refusal.step].place
            return refusal
        }
    }

    private mutating func deleteIfThere(_ keys: [Nftables.Key], from set: Nftables.Set) {
        let first = count
        delete(keys, from: set)
        for place in first..<count { noteDestroyed(elements: keys, of: set, in: place) }
    }

    /// The same with other messages in place of those that destroy.
    private func rebuilt(_ body: (inout Self, Int, Step.Destroyed) -> Void) -> Self {
        var batch = Self(table: table)
        for (index, step) in steps.enumerated() {
            guard let destroyed = step.destroyed else {
                batch.append(step, of: self, at: index)
                continue
            }
            let first = batch.count
            body(&batch, index, destroyed)
            batch.setPlace(step.place, from: first)
        }
        return batch
    }
}

extension Nftables.Set {
    /// Whether its keys are exact, and it is no map: any element may be added to it for a moment.
    fileprivate var isHashed: Bool { !flags.contains(.interval) && !isVerdictMap }
}
