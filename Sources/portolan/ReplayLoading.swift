import Addressing
import Custody
import Glibc
import Monitor
import Privilege
import Records
import Store

/// The database of a replay: opens it, and says in its audit which files were loaded.
final class ReplayLoading {
    private let path: String
    private let files: [String]
    /// Leaves packets out: the file is not loaded as a whole.
    private let since: Timestamp?
    private let until: Timestamp?
    private let expression: String
    /// Ends it: at the end of a database SQLite takes files away, which what has read captures may not by then (`ReaderConfinement`).
    private var ender: PrivilegedThread?
    private var digests: [(path: String, size: UInt64, digest: DigestValue)] = []
    private(set) var loader: StoreLoader?

    init(_ path: String, of command: ReplayCommand) {
        self.path = path
        files = command.files
        since = command.since
        until = command.until
        expression = command.expression.joined(separator: " ")
    }

    private var isPart: Bool { since != nil || until != nil || !expression.isEmpty }

    /// Bytes that a capture has at least in which there is a packet, and its file's header: fewer say nothing.
    private static var leastSize: UInt64 { 64 }

    /// Opens it. Throws where it cannot be written, is somebody else's, or has one of the files already.
    func open() throws {
        for file in files where Replay.unrepeatable([file]) == nil {
            // What cannot be read is for whoever opens it to say.
            guard let (size, digest) = try? FileDigest.of(file) else { continue }
            // One without a packet is like many another, and nothing of it is counted.
            guard size >= Self.leastSize else { continue }
            if let twin = digests.first(where: { $0.digest == digest }) {
                throw LoadRefusal(path: path, reason: .twice(file: twin.path, other: file))
            }
            digests.append((file, size, digest))
        }
        ender = try PrivilegedThread()
        let loader = try StoreLoader(path: path, version: Portolan.version)
        self.loader = loader
        for each in digests { try loader.refuse(loaded: each.path, digest: "\(each.digest)") }
    }

    /// Whether there is any use in going on.
    var isAlive: Bool { loader?.failure == nil }

    /// Ends it; returns the exit status where something went wrong.
    func conclude(_ summary: CaptureSummary, isWhole: Bool) -> Int32? {
        guard let loader else { return nil }
        defer { end() }
        let now = Clock.now
        let audit = files.map { file in
            AuditRecord(
                time: now,
                actor: "uid \(getuid())",
                act: Store.loadAct,
                outcome: isWhole && !isPart ? Store.loadedWhole : Store.loadedPart,
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

    /// Ends it; a database that was made for it and got nothing is taken away again.
    func end() {
        if let loader { ender?.perform { loader.close() } }
        ender?.end()
        ender = nil
    }

    /// One line: the file, its size and digest, where it could be read before, and what was left out of it.
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
        if isPart {
            let chosen = json.beginObject("chosen")
            json.pair("since", since, digits: 9)
            json.pair("until", until, digits: 9)
            if !expression.isEmpty { json.pair("expression", expression) }
            json.end(chosen)
        }
        json.endLine()
        return String(decoding: json.bytes.dropLast(), as: UTF8.self)
    }
}
