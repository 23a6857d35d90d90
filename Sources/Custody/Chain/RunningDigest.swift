import Crypto

/// The SHA-256 digest of what comes piece by piece, such as a file.
package struct RunningDigest {
    private var hasher = SHA256()

    package init() {}

    package mutating func add(_ bytes: Span<UInt8>) { hasher.update(bytes) }

    /// Of all that came so far; more may come.
    package var value: DigestValue { DigestValue(hasher.finalize()) }
}
