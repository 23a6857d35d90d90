import Foundation
import Glibc
import Support
import Synchronization

/// The program that makes a lab's nodes and pods (`Tests/LiveTests/Programs/lab`), and the conversation with it.
///
/// It starts in a network namespace of its own, and refuses to touch that of pid 1. All it made goes with it, and it goes
/// with this object, or when this process ends, however that ends: it reads the end of its input.
final class LabProgram: Sendable {
    /// For what commands print.
    let folder: LabFolder

    private let process: Child
    private let errors: URL
    private let link: Mutex<Link>

    init() throws {
        precondition(geteuid() == 0, "live tests need root: gate the suite with .needs(…)")
        folder = try LabFolder()
        let (ours, theirs) = try Link.pair()
        let (file, url) = try folder.create()
        errors = url
        link = Mutex(ours)
        process = try Child(
            ["/usr/bin/python3", "-E", "-s", "-B", Self.source.path],
            environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"],
            input: theirs.fileDescriptor,
            output: theirs.fileDescriptor,
            errors: file.fileDescriptor
        )
    }

    deinit {
        close()
    }

    /// Its source, a folder that Python runs.
    static var source: URL {
        SharedCaptures.project.appendingPathComponent("Tests/LiveTests/Programs/lab")
    }

    /// The program's pid; it stands in the namespace of the underlay.
    var processIdentifier: Int32 { process.processIdentifier }

    /// Asks for one thing and waits until it is done.
    func ask<Answer: Decodable>(_ request: some Encodable, for answer: Answer.Type) throws -> Answer {
        let line = try JSONEncoder().encode(request)
        let reply = try link.withLock { link in try link.exchange(line) }
        guard let reply else {
            let said = (try? String(contentsOf: errors, encoding: .utf8)) ?? ""
            throw LabError("the lab's program has ended: \(said.suffix(2000))")
        }
        let decoded = try JSONDecoder().decode(Reply<Answer>.self, from: reply)
        guard let result = decoded.ok else { throw LabError(decoded.error ?? "the lab's program said nothing") }
        return result
    }

    /// Asks for one thing that gives no answer but that it is done.
    func tell(_ request: some Encodable) throws {
        _ = try ask(request, for: Nothing.self)
    }

    /// Takes the whole lab down, and waits until it is.
    func close() {
        link.withLock { $0.close() }
        _ = process.wait()
    }

    private struct Reply<Answer: Decodable>: Decodable {
        var ok: Answer?
        var error: String?

        enum CodingKeys: CodingKey { case ok, error }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            error = try container.decodeIfPresent(String.self, forKey: .error)
            // `null` is an answer where nothing is expected.
            if error == nil { ok = try container.decode(Answer.self, forKey: .ok) }
        }
    }

    private struct Nothing: Decodable {
        init(from decoder: any Decoder) throws {}
    }
}
