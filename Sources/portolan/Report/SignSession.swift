import Addressing
import Custody
import Monitor
import Records
import Store

/// Makes a manifest, and signs it.
struct SignSession {
    private let command: SignCommand

    init(_ command: SignCommand) { self.command = command }

    /// The exit status.
    func run() -> Int32 {
        let key: SigningKey
        var manifest = Manifest(time: Clock.now, version: Portolan.version)
        do {
            key = try KeyFile.privateKey(command.key)
            if command.database != "none" {
                manifest.database = try Self.database(command.database ?? StandardFiles.database)
            }
            for (paths, role) in [
                (command.files, Manifest.File.Role.input), (command.policy, .policy), (command.result, .result),
            ] {
                for path in paths {
                    let (size, digest) = try FileDigest.of(path)
                    manifest.files.append(Manifest.File(path: path, role: role, size: size, digest: "\(digest)"))
                }
            }
        } catch {
            StandardError.say("\(error)")
            return ExitStatus.noInput
        }
        guard write(manifest.bytes, key) else { return ExitStatus.failed }
        let count = manifest.database?.findings ?? 0
        guard count == 0 else {
            let path = manifest.database?.path ?? ""
            StandardError.say("\(path) is not as it was written; the manifest says so: see portolan report verify")
            return ExitStatus.failed
        }
        return ExitStatus.done
    }

    private func write(_ bytes: [UInt8], _ key: SigningKey) -> Bool {
        guard let signature = key.signature(of: bytes) else {
            StandardError.say("cannot sign with \(command.key)")
            return false
        }
        do {
            for (path, content, bytes) in [
                (command.write, "manifest", bytes),
                (SignedManifest.signaturePath(of: command.write), "signature", signature),
            ] {
                let file = try OutputFile(content, path: path)
                file.write(bytes.span)
                if let failure = file.failure { throw failure }
            }
        } catch {
            StandardError.say("\(error)")
            return false
        }
        return true
    }

    private static func database(_ path: String) throws -> Manifest.Database {
        let answer = try Store(reading: path).custody()
        return Manifest.Database(
            path: path,
            identity: answer.database ?? "",
            findings: UInt64(answer.findings.count) + answer.more,
            strands: answer.strands.map {
                Manifest.Strand(
                    table: $0.table,
                    number: $0.number,
                    digest: $0.digest,
                    rows: $0.rows,
                    milestone: $0.milestone
                )
            }
        )
    }
}
