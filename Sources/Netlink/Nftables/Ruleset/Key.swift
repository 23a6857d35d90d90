extension Nftables {
    /// The key of an element, as the kernel holds it: the bytes of each field, padded to four where there are several.
    ///
    /// Compact, as there are many. What the bytes mean is told by the set: `fields(_:)`.
    package struct Key: Hashable, Sendable {
        /// The fields' first values. Empty for the element that catches all that no other does.
        package let first: [UInt8]
        /// The fields' last values where one is a range; nil when none is.
        package let last: [UInt8]?

        package init(_ fields: [Field]) {
            let first = Self.concatenate(fields.map(\.first))
            let last = fields.contains(where: \.isRange) ? Self.concatenate(fields.map(\.last)) : nil
            self.init(first: first, last: last)
        }

        package init(_ fields: Field...) {
            self.init(fields)
        }

        init(first: [UInt8], last: [UInt8]?) {
            self.first = first
            self.last = last == first ? nil : last
        }

        /// The element that catches all that no other does: nft's `*`. Since Linux 5.13.
        package static var everything: Self { Self(first: [], last: nil) }

        /// The fields of a key of such kinds; nil when it has another length, or is `everything`.
        package func fields(_ kinds: [FieldKind]) -> [Field]? {
            let isPadded = kinds.count > 1
            let lengths = kinds.map { isPadded ? $0.paddedLength : $0.length }
            guard first.count == lengths.reduce(0, +), last == nil || last?.count == first.count else { return nil }
            var fields: [Field] = []
            var offset = 0
            for (kind, length) in zip(kinds, lengths) {
                let place = offset..<offset + kind.length
                let first = Array(first[place])
                guard let field = Field(kind, first: first, last: last.map { Array($0[place]) } ?? first) else {
                    return nil
                }
                fields.append(field)
                offset += length
            }
            return fields
        }

        private static func concatenate(_ values: [[UInt8]]) -> [UInt8] {
            guard values.count > 1 else { return values.first ?? [] }
            var bytes: [UInt8] = []
            for value in values {
                bytes += value
                bytes += [UInt8](repeating: 0, count: -value.count & 3)
            }
            return bytes
        }
    }
}
