import Custody
import Glibc
import Records

/// A manifest in a file, and its signature beside it: 64 bytes in a file of the same name with `.sig` behind it, as
/// `openssl pkeyutl -sign -rawin` writes them.
struct SignedManifest {
    let manifest: Manifest
    private let bytes: [UInt8]
    /// Nil when there is none.
    private let signature: [UInt8]?

    static func signaturePath(of path: String) -> String { path + ".sig" }

    init(path: String) throws {
        let read = try FilePieces.all(path, limit: Manifest.limit)
        guard let known = Manifest(read.span) else {
            throw FileFault(path, "it is no manifest of portolan report sign")
        }
        (bytes, manifest) = (read, known)
        signature = try Self.signature(Self.signaturePath(of: path))
    }

    /// Nil when there is none; one that cannot be read is not the same as none.
    private static func signature(_ path: String) throws -> [UInt8]? {
        do {
            return try FilePieces.all(path, limit: 4096)
        } catch let fault as FileFault where fault.code == ENOENT {
            return nil
        }
    }

    func judged(by key: VerifyingKey?) -> Verdict.Signature {
        guard let signature else { return .unsigned }
        guard let key else { return .unjudged }
        let name = "\(key.fingerprint)"
        return key.isSignature(signature, of: bytes) ? .signed(by: name) : .wrong(key: name)
    }
}
