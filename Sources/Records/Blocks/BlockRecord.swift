package import Addressing
package import Containers
package import Enforcement

/// A block as it is told, kept and shown: what it is, what became of it, and what it stopped until then.
package struct BlockRecord: Hashable, Sendable {
    /// What a record tells.
    package enum Action: String, Hashable, Sendable, CaseIterable {
        /// How it stands.
        case state = "block"
        case added = "block_added"
        /// It was read back from the kernel and stands there.
        case verified = "block_verified"
        /// It was asked for, and is not made.
        case refused = "block_refused"
        /// A rule asked for it, and the mode is to observe.
        case observed = "block_observed"
        case ended = "block_ended"
        /// Something that it shall stop may have passed.
        case failsOpen = "fail_open"
    }

    /// How it stands.
    package enum State: String, Hashable, Sendable, CaseIterable {
        /// Told, and not read back yet.
        case pending
        /// The kernel has it.
        case holds
        /// Nobody it means runs now.
        case waiting
        /// The kernel does not have all of it.
        case failsOpen = "fails_open"
        case ended
        /// It never was.
        case refused
    }

    package var action: Action
    package var time: Timestamp
    package var block: Block
    package var state: State
    package var stopped = StoppedTraffic()
    /// Whoever it stops, as far as it is one container.
    package var container: Container?
    /// When it ended, and by whom or what.
    package var ended: Timestamp?
    package var endedBy: String?
    /// What a person should know of it; a sentence.
    package var message: String?

    package init(_ action: Action, _ block: Block, state: State, at time: Timestamp) {
        self.action = action
        self.block = block
        self.state = state
        self.time = time
    }

    /// The record as one JSON object on a line, with the line's end: what `init(reading:)` reads.
    package var line: [UInt8] {
        var lines = JSONRecordLines(json: JSONBuffer(capacity: 1024), resolvesNames: true)
        lines.write(self)
        return lines.json.bytes
    }

    /// Whom it stops, in a few words. Names in it come from outside.
    package var who: String {
        switch block.order.subject {
        case .container(let key): container?.label ?? String(key.identifier.prefix(12))
        case .selector(let selector): SelectorWords.text(of: selector)
        case .address(let address): "\(address)"
        }
    }
}
