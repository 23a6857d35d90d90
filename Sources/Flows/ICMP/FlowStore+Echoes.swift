import Wire

/// Pings.
extension FlowStore {
    /// Looks at an echo request or an echo that was counted.
    @inline(never)
    func noteEcho(_ packet: borrowing Packet, _ number: Int, _ context: PacketContext, isWhole: Bool) {
        guard isWhole, configuration.inspections > 0,
            packet.flags.isDisjoint(with: [.firstFragment, .laterFragment])
        else { return }
        let start = Int(packet.payloadOffset)
        let message = context.frame.extracting(start..<start + Int(packet.payloadCaptured))
        unsafe EchoTracker.observe(message, &entries[number].counters, &details[number])
    }
}

extension Flow {
    /// Echoes in a row that did not bring back what was sent; from three on it stays. Who pings a host gets none.
    public var echoMismatches: Int { isICMP ? Int(EchoMemory(detail).mismatches) : 0 }
}
