import Addressing

/// What records tell of a flow, read without making strings or arrays.
extension Flow {
    /// Whether the first packet came from the responder: of ICMP, who sent the message that `icmpType` speaks of.
    public var beganWithResponder: Bool { counters.flags.contains(.flipped) }

    /// Whether its protocol has ports.
    public var hasPorts: Bool { Self.hasPorts(protocolNumber) }

    /// Whether a protocol has ports, by its number.
    public static func hasPorts(_ protocolNumber: UInt8) -> Bool {
        switch protocolNumber {
        case 6, 17, 33, 132, 136: true
        default: false
        }
    }

    /// Whether `icmpType` and `icmpCode` mean something.
    public var isICMP: Bool { protocolNumber == 1 || protocolNumber == 58 }

    /// How long it took, in nanoseconds. Up to 584 years, as far as times reach.
    public var duration: UInt64 {
        last <= first ? 0 : UInt64(bitPattern: last.nanoseconds &- first.nanoseconds)
    }

    /// Whether `history` is more than nothing.
    public var hasHistory: Bool { beganWithResponder || counters.historyLength > 0 }

    /// Whether it may have ends of its own beside those that were counted: `FlowBook.translation(of:)` says.
    package var isTranslated: Bool { detail.aside != 0 }

    /// The first letter of `history` that says what was seen, in ASCII: after the `^`, if it begins with that. Nil of none.
    package var firstHistoryLetter: UInt8? {
        counters.historyLength > 0 ? detail.history.character(at: 0) : nil
    }

    /// Gives the letters of `history` one by one, in ASCII.
    public func forEachHistoryLetter(_ body: (UInt8) -> Void) {
        if beganWithResponder { body(0x5e) }
        for position in 0..<counters.historyLength { body(detail.history.character(at: position)) }
    }
}

extension FlowBook {
    /// How many elements `path(of:)` has; at least one.
    public func pathLength(of flow: Flow) -> Int {
        asides.counts(of: flow.detail.aside) + 1
    }

    /// One of the elements of `path(of:)`, without making the array.
    public func pathElement(_ index: Int, of flow: Flow) -> PointCount {
        // Of a path that is shorter the first, as nothing is at the end of it.
        (index > 0 ? asides.count(index - 1, of: flow.detail.aside) : nil)
            ?? asides.marked(flow.primary, flow.detail.aside)
    }

    /// What names the scope of a flow at first look.
    public func scopeName(of outline: FlowOutline) -> Scope.Name { scopes.scopes[Int(outline.scope)].name }

    /// What names the scope of a flow.
    public func scopeName(of flow: Flow) -> Scope.Name { scopes.scopes[Int(flow.scope)].name }
}

extension PointCount {
    /// Both ends' IP bytes.
    public var bytes: UInt64 { lowBytes + highBytes }
}
