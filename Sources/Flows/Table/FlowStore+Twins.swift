import Addressing

/// Twins: a bare flow and the one tunnelled flow with the same ends, seen from outside and inside of a tunnel.
///
/// From a capture alone nobody knows whether both are one conversation; that exactly one tunnelled flow has the same ends
/// while the bare one lives is good evidence, two are none.
extension FlowStore {
    /// Looks for the twin of a flow, or of a further record of one, that begins.
    mutating func linkTwin(_ number: Int, _ key: Key, _ hash: UInt64, isTunnelled: Bool, _ book: inout FlowBook) {
        let entries = unsafe entries
        let other = tunnelled.find(hash) { unsafe entries[$0].key.isSameOutsideScope(key) }
        guard isTunnelled else {
            if key.scope == 0, let other { linkTwins(number, other, &book) }
            return
        }
        if other == nil { tunnelled.insert(hash, number) }
        let bareKey = key.inScope(0)
        let bare = find(bareKey, bareKey.place(seed))
        if let other, other != number {
            // Two tunnelled flows with the same ends: nobody knows which of them a bare one belongs to.
            separate(other, from: bare, &book)
        } else if let bare, unsafe details[bare].tunnel == 0 {
            linkTwins(bare, number, &book)
        }
    }

    private func linkTwins(_ bare: Int, _ tunnelled: Int, _ book: inout FlowBook) {
        switch (twin(bare, book), twin(tunnelled, book)) {
        case (.none, .none):
            setTwin(bare, .live(tunnelled), &book)
            setTwin(tunnelled, .live(bare), &book)
        case (.none, .ambiguous):
            setTwin(bare, .ambiguous, &book)
        default:
            // What one of them has been the twin of was written already, or nobody knows.
            break
        }
    }

    /// Takes back what was linked, as there is more than one candidate now.
    private func separate(_ tunnelled: Int, from bare: Int?, _ book: inout FlowBook) {
        if let bare, unsafe details[bare].tunnel == 0 {
            if case .live(let partner) = twin(bare, book) { setTwin(partner, .none, &book) }
            switch twin(bare, book) {
            case .live, .none: setTwin(bare, .ambiguous, &book)
            case .ended, .ambiguous: break
            }
        }
        if case .none = twin(tunnelled, book) { setTwin(tunnelled, .ambiguous, &book) }
    }

    /// Decides at a flow's end whether it had a twin, and which of the two counts.
    func settleTwin(_ number: Int, _ flow: inout Flow, _ book: inout FlowBook) {
        switch twin(number, book) {
        case .live(let other):
            let first = unsafe details[other].first
            // What passes one place passes the other a moment later: a second apart is together.
            guard first <= Deadline.after(flow.last.nanoseconds, seconds: 1),
                Deadline.after(latest(other, book), seconds: 1) >= flow.first.nanoseconds
            else {
                setTwin(other, .none, &book)
                return
            }
            flow.other = FlowIdentifier(
                serial: unsafe details[other].serial,
                first: Timestamp(nanoseconds: first)
            )
            let summary = TwinSummary(identifier: flow.identifier, packets: flow.packets, bytes: flow.bytes)
            setTwin(other, .ended(summary), &book)
        case .ended(let summary):
            flow.other = summary.identifier
            flow.repeatsTwin = true
            let isLarger = flow.packets > summary.packets
            flow.gain =
                isLarger
                ? (flow.packets - summary.packets, flow.bytes > summary.bytes ? flow.bytes - summary.bytes : 0) : (0, 0)
        case .none, .ambiguous:
            break
        }
    }

    private func twin(_ number: Int, _ book: borrowing FlowBook) -> TwinLink {
        book.asides[rarity: unsafe details[number].aside].twin
    }

    private func setTwin(_ number: Int, _ link: TwinLink, _ book: inout FlowBook) {
        let aside = aside(of: number, &book)
        book.asides[rarity: aside].twin = link
    }
}
