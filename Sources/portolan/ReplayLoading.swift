import Custody
import Glibc
import Monitor
import Records
import Store

/// The database of a replay: opens it, and says in its audit which files were loaded.
final class ReplayLoading {
    private let path: String
    private let files: [String]
    private var digests: [(path: String, size: UInt64, digest: DigestValue)] = []
    private(set) var loader: StoreLoader?

    init(_ path: String, files: [String]) {
        self.path = path
        self.files = files
    }

    /// Opens it. Throws where it cannot be written, is somebody else's, or has one of the files already.
    func open() throws {
        for file in files where Replay.unrepeatable([file]) == nil {
            // What cannot be read is for whoever opens it to say.
            guard let (size, digest) = try? FileDigest.of(file) else { continue }
            digests.append((file, size, digest))
        }
        let loader = try StoreLoader(path: path, version: Portolan.version)
        for each in digests { try loader.refuse(loaded: each.path, digest: "\(each.digest)") }
        self.loader = loader
    }

    /// Whether there is any use in going on.
    var isAlive: Bool { loader?.failure == nil }

    /// Ends it; returns the exit status where something went wrong.
    func conclude(_ summary: CaptureSummary, isWhole: Bool) -> Int32? {
        guard let loader else { return nil }
        let now = Clock.now
        let audit = files.map { file in
            AuditRecord(
                time: now,
                actor: "uid \(getuid())",
                act: Store.loadAct,
                outcome: isWhole ? "done" : "partial",
                record: record(of: file)
            )
        }
        loader.finish(summary, audit: audit)
        if let failure = loader.failure {
            StandardError.say("\(failure)")
            return ExitStatus.failed
        }
        if !loader.hasBegun { StandardError.say("there is no flow to load into \(path)") }
        return nil
    }

    /// One line: the file, its size and digest, where it could be read before.
    private func record(of file: String) -> String {
        var json = JSONBuffer()
        json.beginLine()
        let object = json.beginObject("file")
        json.pair("path", file)
        if let known = digests.first(where: { $0.path == file }) {
            json.pair("size", known.size)
            let hash = json.beginObject("hash")
            json.pair("sha256", "\(known.digest)")
            json.end(hash)
        }
        json.end(object)
        json.endLine()
        return String(decoding: json.bytes.dropLast(), as: UTF8.self)
    }
}
