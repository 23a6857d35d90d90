import Containers
import Custody
import Glibc

/// Keys in files.
enum KeyFile {
    private static var limit: Int { 64 << 10 }

    /// A private key, which nobody but its owner may read.
    static func privateKey(_ path: String) throws -> SigningKey {
        guard let mode = KernelFiles.mode(of: path) else { throw FileFault(path, code: errno) }
        guard mode & 0o077 == 0 else {
            throw FileFault(path, "others may read this private key; chmod 600 it, and think about who did")
        }
        guard let key = SigningKey(pem: try text(path)) else {
            throw FileFault(path, "it is no private Ed25519 key in PEM, as portolan report key makes one")
        }
        return key
    }

    static func publicKey(_ path: String) throws -> VerifyingKey {
        guard let key = VerifyingKey(pem: try text(path)) else {
            throw FileFault(path, "it is no public Ed25519 key in PEM, as portolan report key makes one")
        }
        return key
    }

    private static func text(_ path: String) throws -> String {
        String(decoding: try FilePieces.all(path, limit: limit), as: UTF8.self)
    }
}
