/// Which flows are one conversation before and after NAT, by either key.
///
/// Bounded by `limit` translations; further ones are counted, and their flows stay two.
struct TranslationTable {
    /// What a key's flow is to another.
    struct Link {
        /// The key of the other side.
        var partner: TranslatedKey
        /// Whether this is the side that is not kept: its packets count for the partner's flow.
        var isAlias: Bool
        /// Whether the low end of one key is the high end of the other.
        var isTurned: Bool
        var translation: FlowTranslation
    }

    private var links: [TranslatedKey: Link] = [:]
    /// How often there was no room.
    private(set) var overflows: UInt64 = 0

    static var limit: Int { 65_536 }

    var isEmpty: Bool { links.isEmpty }

    subscript(_ key: TranslatedKey) -> Link? { links[key] }

    /// Notes a translation; returns the key that is kept and the one that is not. Nil when both are the same or there is no room.
    mutating func add(_ translation: FlowTranslation, scope: UInt32) -> (kept: TranslatedKey, alias: TranslatedKey)? {
        guard translation.isEffective else { return nil }
        let (kept, alias, isTurned) = Self.keys(of: translation, scope: scope)
        if links[kept] == nil, links.count >= Self.limit * 2 {
            overflows += 1
            return nil
        }
        // What one of the keys was part of before is over.
        remove(kept)
        remove(alias)
        links[kept] = Link(partner: alias, isAlias: false, isTurned: isTurned, translation: translation)
        links[alias] = Link(partner: kept, isAlias: true, isTurned: isTurned, translation: translation)
        return (kept, alias)
    }

    /// Forgets one; flows under way stay joined.
    mutating func remove(_ translation: FlowTranslation, scope: UInt32) {
        guard translation.isEffective else { return }
        let kept = Self.keys(of: translation, scope: scope).kept
        if links[kept]?.translation == translation { remove(kept) }
    }

    private mutating func remove(_ key: TranslatedKey) {
        if let link = links.removeValue(forKey: key) { links[link.partner] = nil }
    }

    private static func keys(
        of translation: FlowTranslation,
        scope: UInt32
    ) -> (kept: TranslatedKey, alias: TranslatedKey, isTurned: Bool) {
        let number = translation.protocolNumber
        let before = TranslatedKey.of(translation.source, translation.destination, protocolNumber: number, scope: scope)
        let after = TranslatedKey.of(
            translation.translatedSource,
            translation.translatedDestination,
            protocolNumber: number,
            scope: scope
        )
        let isTurned = before.isReversed != after.isReversed
        return translation.keepsTranslated ? (after.key, before.key, isTurned) : (before.key, after.key, isTurned)
    }
}
