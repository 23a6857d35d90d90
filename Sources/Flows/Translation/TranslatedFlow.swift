/// What a flow's side table has of its translation; outlives a cut of its record.
struct TranslatedFlow {
    var translation: FlowTranslation
    /// Entries whose packets count for the flow.
    var stubs: [UInt32] = []
    /// Whether the primary point sees the addresses of the other side.
    var isPrimaryTranslated = false
    /// Whether the flow has begun and nobody was told yet.
    var isUntold = false
}
