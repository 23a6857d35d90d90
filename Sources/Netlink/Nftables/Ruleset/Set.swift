extension Nftables {
    /// A set that rules look keys up in, or a map from keys to verdicts.
    package struct Set: Hashable, Sendable {
        /// What may be said of a set. NFT_SET_*.
        package struct Flags: OptionSet, Hashable, Sendable {
            package let rawValue: UInt32

            package init(rawValue: UInt32) {
                self.rawValue = rawValue
            }

            /// Its elements stay as they are while a rule uses it.
            package static var constant: Self { Self(rawValue: 0x2) }
            /// Fields may be ranges.
            package static var interval: Self { Self(rawValue: 0x4) }
            /// Elements may end by themselves.
            package static var timeout: Self { Self(rawValue: 0x10) }
            /// Rules may add elements.
            package static var dynamic: Self { Self(rawValue: 0x20) }
        }

        package var family: Family
        /// At most 255 bytes.
        package var name: String
        /// The fields of its key, 16 and 64 bytes at most.
        package var key: [FieldKind]
        package var flags: Flags
        /// Whether its elements lead to verdicts.
        package var isVerdictMap: Bool
        /// Whether each element counts the packets that were found by it.
        package var hasCounters: Bool
        /// How long an element stays that does not say; nil for ever. In milliseconds, rounded to the kernel's ticks.
        package var timeout: Duration?
        /// How many elements it takes at most, for which room is made at once; nil when the kernel does not care.
        package var size: UInt32?
        /// Text of 127 bytes at most; longer is cut, and what would break nft(8)'s quotes is replaced.
        package private(set) var comment: String?
        /// The kernel's number for it; nil for one that shall stand.
        package var handle: UInt64?

        package init(
            _ family: Family,
            _ name: String,
            key: [FieldKind],
            flags: Flags = [],
            isVerdictMap: Bool = false,
            hasCounters: Bool = false,
            timeout: Duration? = nil,
            size: UInt32? = nil,
            comment: String? = nil
        ) {
            self.family = family
            self.name = name
            self.key = key
            self.flags = flags
            self.isVerdictMap = isVerdictMap
            self.hasCounters = hasCounters
            self.timeout = timeout
            self.size = size
            self.comment = Nftables.comment(comment)
        }

        /// The same as it was asked for: without what only the kernel knows.
        package var declared: Self {
            var set = self
            set.handle = nil
            return set
        }

        /// Bytes of a key.
        package var keyLength: Int {
            key.count == 1 ? key[0].length : key.reduce(0) { $0 + $1.paddedLength }
        }
    }
}
