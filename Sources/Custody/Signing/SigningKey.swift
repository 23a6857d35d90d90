import Crypto

/// A private key that signs: Ed25519, RFC 8032. As PKCS #8 in PEM (RFC 8410), as `openssl genpkey -algorithm ed25519` writes it.
package struct SigningKey: Sendable {
    private let key: Curve25519.Signing.PrivateKey

    /// A new one.
    package init() { key = Curve25519.Signing.PrivateKey() }

    /// Nil when the text is no such key.
    package init?(pem text: String) {
        guard let bytes = PEM.bytes(text, label: "PRIVATE KEY"), bytes.count == Self.prefix.count + 32,
            bytes.starts(with: Self.prefix),
            let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: Array(bytes.dropFirst(Self.prefix.count)))
        else { return nil }
        self.key = key
    }

    package var pem: String { PEM.text(Self.prefix + Array(key.rawRepresentation), label: "PRIVATE KEY") }

    package var verifyingKey: VerifyingKey { VerifyingKey(key.publicKey) }

    /// 64 bytes; nil when there is no randomness to be had.
    package func signature(of bytes: [UInt8]) -> [UInt8]? {
        (try? key.signature(for: bytes)).map { Array($0) }
    }

    /// What stands before the 32 bytes of the key: version 0, the algorithm 1.3.101.112, and two headers of octet strings.
    private static let prefix: [UInt8] = [
        0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
    ]
}

/// The public key of one. As SubjectPublicKeyInfo in PEM, as `openssl pkey -pubout` writes it.
package struct VerifyingKey: Sendable {
    private let key: Curve25519.Signing.PublicKey

    init(_ key: Curve25519.Signing.PublicKey) { self.key = key }

    /// Nil when the text is no such key.
    package init?(pem text: String) {
        guard let bytes = PEM.bytes(text, label: "PUBLIC KEY"), bytes.count == Self.prefix.count + 32,
            bytes.starts(with: Self.prefix),
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: Array(bytes.dropFirst(Self.prefix.count)))
        else { return nil }
        self.key = key
    }

    package var pem: String { PEM.text(encoded, label: "PUBLIC KEY") }

    /// What people compare: the SHA-256 digest of its DER form, as `openssl pkey -pubin -outform DER | sha256sum` has it.
    package var fingerprint: DigestValue { DigestValue(of: encoded.span) }

    package func isSignature(_ signature: [UInt8], of bytes: [UInt8]) -> Bool {
        key.isValidSignature(signature, for: bytes)
    }

    private var encoded: [UInt8] { Self.prefix + Array(key.rawRepresentation) }

    private static let prefix: [UInt8] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]
}
