import Custody
import Foundation
import Testing

@Suite("Signing")
struct SigningTests {
    @Test func keysComeBackFromText() throws {
        let key = SigningKey()
        let read = try #require(SigningKey(pem: key.pem))
        #expect(read.pem == key.pem)
        let open = try #require(VerifyingKey(pem: key.verifyingKey.pem))
        #expect(open.fingerprint == key.verifyingKey.fingerprint)
        let signature = try #require(read.signature(of: [1, 2, 3]))
        #expect(signature.count == 64)
        #expect(open.isSignature(signature, of: [1, 2, 3]))
        #expect(!open.isSignature(signature, of: [1, 2, 4]))
        #expect(!SigningKey().verifyingKey.isSignature(signature, of: [1, 2, 3]))
        #expect(!open.isSignature([], of: [1, 2, 3]))
        #expect(VerifyingKey(pem: key.pem) == nil && SigningKey(pem: key.verifyingKey.pem) == nil)
    }

    @Test(arguments: [
        "", "-----BEGIN PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----",
    ])
    func whatIsNoKeyIsNone(text: String) {
        #expect(SigningKey(pem: text) == nil)
    }

    /// openssl(1) makes keys that we read, and reads those we make; each believes the other's signatures.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl")))
    func isWhatOpenSSLDoes() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("signing-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
        func openssl(_ arguments: String...) throws -> Int32 {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
            process.arguments = arguments
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            return process.terminationStatus
        }
        try Data("evidence".utf8).write(to: URL(fileURLWithPath: path("text")))
        #expect(try openssl("genpkey", "-algorithm", "ed25519", "-out", path("theirs")) == 0)
        #expect(try openssl("pkey", "-in", path("theirs"), "-pubout", "-out", path("theirs.pub")) == 0)
        #expect(
            try openssl(
                "pkeyutl",
                "-sign",
                "-rawin",
                "-inkey",
                path("theirs"),
                "-in",
                path("text"),
                "-out",
                path("sig")
            ) == 0
        )
        let theirs = try #require(VerifyingKey(pem: String(contentsOfFile: path("theirs.pub"), encoding: .utf8)))
        let signature = Array(try Data(contentsOf: URL(fileURLWithPath: path("sig"))))
        #expect(theirs.isSignature(signature, of: Array("evidence".utf8)))
        let same = try #require(SigningKey(pem: String(contentsOfFile: path("theirs"), encoding: .utf8)))
        #expect(same.verifyingKey.fingerprint == theirs.fingerprint)
        let ours = SigningKey()
        try Data(ours.verifyingKey.pem.utf8).write(to: URL(fileURLWithPath: path("ours.pub")))
        try Data(try #require(ours.signature(of: Array("evidence".utf8)))).write(to: URL(fileURLWithPath: path("sig")))
        #expect(
            try openssl(
                "pkeyutl",
                "-verify",
                "-rawin",
                "-pubin",
                "-inkey",
                path("ours.pub"),
                "-in",
                path("text"),
                "-sigfile",
                path("sig")
            ) == 0
        )
    }
}
