extension EndpointKey: LosslessStringConvertible {
    /// Reads what `description` says: a kind, and after a colon its name. Nil for a kind that is not known, or an empty name.
    package init?(_ description: String) {
        let parts = description.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let word = parts.first, let kind = EndpointKind(rawValue: String(word)) else { return nil }
        guard parts.count > 1 else {
            self.init(kind)
            return
        }
        guard !parts[1].isEmpty else { return nil }
        self.init(kind, String(parts[1]))
    }
}
