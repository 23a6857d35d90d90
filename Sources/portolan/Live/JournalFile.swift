import Containers
import Custody
import Records

/// The file that the identity journal is written to while it grows, as JSON Lines: behind the lines that are written together a
/// link of the chain that covers them.
final class JournalFile {
    private let file: OutputFile
    private var writer = JournalWriter()
    private var chain = LineChain()
    private var lines: UInt64 = 0

    /// Makes the file, or opens it to write it anew.
    init(path: String) throws(OutputFile.Failure) {
        file = try OutputFile("journal", path: path)
    }

    /// Why nothing more can be written.
    var failure: OutputFile.Failure? { file.failure }

    func write(_ entry: JournalEntry) {
        writer.write(entry)
        lines += 1
        if writer.count >= JSONRecordWriter.pieceSize { drain() }
    }

    /// Hands all lines so far to the kernel, and the link that covers them.
    func flush() {
        drain()
        if chain.lines > 0 { link(isLast: false) }
    }

    /// Hands over the rest, and says that nothing comes after it.
    func finish() {
        drain()
        link(isLast: true)
    }

    private func drain() {
        writer.drain { piece in
            chain.add(piece, lines: lines)
            lines = 0
            file.write(piece)
        }
    }

    private func link(isLast: Bool) {
        var json = JSONBuffer()
        JournalLink(chain.link(), isLast: isLast).write(&json)
        file.write(json.bytes.span)
    }
}
