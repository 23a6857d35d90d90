import CMnl
import Glibc

extension NetlinkSocket {
    /// Makes all changes of a batch, or none. An empty one changes nothing.
    ///
    /// Needs a `.netfilter` socket and CAP_NET_ADMIN. With a generation, the one that stood when what stands was read, the batch
    /// is refused with `.superseded` when anybody changed anything since. Takes as long as the kernel: about a second for
    /// 100,000 elements.
    package mutating func commit(
        _ batch: borrowing Nftables.Batch,
        generation: UInt32? = nil
    ) throws(Nftables.BatchError) {
        guard batch.destroys else { return try commitAsItIs(batch, generation) }
        var attempt = knowsDestroying ? copy batch : batch.withoutDestroying()
        for number in 1... {
            do throws(Nftables.BatchError) {
                return try commitAsItIs(attempt, generation)
            } catch {
                guard case .refused(let refused, let count) = error else { throw error }
                if knowsDestroying, refused.contains(where: { attempt.isUnknown($0) }) {
                    knowsDestroying = false
                    attempt = batch.withoutDestroying()
                } else if number < Self.destroyingTries, let less = attempt.without(refused, count: count) {
                    attempt = less
                } else {
                    throw .refused(attempt.asAskedFor(refused), count: count)
                }
            }
        }
    }

    /// How often a batch is tried without what is not there, on kernels that do not destroy. Whoever sees it refused then reads anew what
    /// stands.
    private static var destroyingTries: Int { 64 }

    private mutating func commitAsItIs(
        _ batch: borrowing Nftables.Batch,
        _ generation: UInt32?
    ) throws(Nftables.BatchError) {
        guard let last = batch.steps.last else { return }
        let operation = "change nftables"
        var messages = MessageWriter()
        messages.frame(NFNL_MSG_BATCH_BEGIN, generation: generation)
        let base = messages.bytes.count
        messages.append(batch.writer)
        // One answer says that all is done; what is refused is answered in any case.
        messages.setFlags(NLM_F_REQUEST | NLM_F_ACK | last.flags, ofMessageAt: base + last.offset)
        messages.frame(NFNL_MSG_BATCH_END)
        var answers = Answers()
        do throws(NetlinkError) {
            // Whatever is left of answers that were given up.
            try drain(for: operation) { _ in }
            let before = try send(messages, for: operation)
            // The kernel has done all of it when the message is sent, and answered. Of very many refusals the first have room.
            answers.isLossy = try drain(for: operation) { (message) throws(NetlinkError) in
                guard message.type == UInt16(NLMSG_ERROR) else { return }
                let refusal = try Refusal(message, operation: operation)
                // The first is the frame's, the second the first step's.
                answers.add(refusal, to: Int(message.sequence &- before) - 2, of: batch.steps)
            }
        } catch {
            throw .failed(error)
        }
        try answers.conclude(operation)
    }

    /// The number of times that the rules of the socket's namespace were changed, by anybody, in any table; it wraps.
    package mutating func nftablesGeneration() throws(NetlinkError) -> UInt32 {
        var generation: UInt32?
        let operation = "read the generation of nftables"
        let type = Nftables.Message.type(NFT_MSG_GETGEN)
        do throws(NetlinkError) {
            try exchange(NetlinkRequest(type, flags: NLM_F_ACK, nfgenmsg()), for: operation) {
                (message) throws(NetlinkError) in
                guard Int(message.type) == Nftables.Message.type(NFT_MSG_NEWGEN) else { return }
                generation = try Nftables.Generation(body: message.body).number
            }
        } catch .refused(_, EINVAL, _) {
            throw .absent(operation: operation)
        }
        guard let generation else { throw .malformed(operation: operation) }
        return generation
    }

    /// What the kernel answered to a batch.
    private struct Answers {
        private var refused: [Nftables.BatchError.Refused] = []
        private var count = 0
        private var isDone = false
        /// Whether some of them were lost.
        var isLossy = false
        private var failure: Refusal?

        mutating func add(_ refusal: Refusal, to place: Int, of steps: [Nftables.Batch.Step]) {
            guard steps.indices.contains(place) else {
                if refusal.code != 0 { failure = failure ?? refusal }
                return
            }
            guard refusal.code != 0 else {
                isDone = true
                return
            }
            count += 1
            guard refused.count < Nftables.BatchError.limit else { return }
            let step = steps[place]
            refused.append(
                Nftables.BatchError.Refused(
                    operation: step.operation,
                    step: place,
                    element: refusal.offset.flatMap { step.element(at: $0) },
                    code: refusal.code,
                    message: refusal.message
                )
            )
        }

        func conclude(_ operation: String) throws(Nftables.BatchError) {
            if let failure {
                switch failure.code {
                case ERESTART: throw .superseded
                case EOPNOTSUPP, EINVAL: throw .failed(.absent(operation: operation))
                default:
                    throw .failed(.refused(operation: operation, code: failure.code, message: failure.message))
                }
            }
            if count > 0 { throw .refused(refused, count: count) }
            // Whether it is done is not known: what stands is to be read anew.
            guard isDone || !isLossy else { throw .failed(.system(operation: operation, code: ENOBUFS)) }
            guard isDone else { throw .failed(.malformed(operation: operation)) }
        }
    }
}

extension MessageWriter {
    /// Adds what a batch begins or ends with. NFNL_MSG_BATCH_BEGIN, NFNL_MSG_BATCH_END.
    fileprivate mutating func frame(_ type: Int32, generation: UInt32? = nil) {
        message(Int(type), flags: NLM_F_REQUEST, family: 0, resource: UInt16(NFNL_SUBSYS_NFTABLES)) { (writer) in
            if let generation { writer.put(NFNL_BATCH_GENID, generation) }
        }
    }
}
