/// How much is told, changed while flows are under way.
extension FlowTable {
    /// From now on tells and finds out so much. Counters, ends and starts stay as they are.
    ///
    /// A shorter interval holds at once where no more than `FlowStore.lookLimit` flows of an address family are under way, each
    /// of which is looked at; else flow by flow, as their turns come.
    public mutating func setDetail(_ detail: FlowDetailLevel) {
        let before = configuration
        configuration.reportsUpdates = detail.updateInterval != nil
        if let interval = detail.updateInterval { configuration.updateInterval = max(1, interval) }
        configuration.inspections = detail.inspects ? inspections : 0
        ipv4.configuration = configuration
        ipv6.configuration = configuration
        guard configuration.reportsUpdates, now != .min,
            !before.reportsUpdates || configuration.updateInterval < before.updateInterval
        else { return }
        // The second that begins at the boundary is the first that was not looked at.
        let second = boundary / 1_000_000_000
        ipv4.bringForward(from: second, book)
        ipv6.bringForward(from: second, book)
    }
}
