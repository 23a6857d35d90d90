import Containers
import Records

/// The file that the identity journal is written to while it grows, as JSON Lines.
final class JournalFile {
    private let file: OutputFile
    private var writer = JournalWriter()

    /// Makes the file, or empties it.
    init(path: String) throws(OutputFile.Failure) {
        file = try OutputFile("journal", path: path)
    }

    /// Why nothing more can be written.
    var failure: OutputFile.Failure? { file.failure }

    func write(_ entry: JournalEntry) {
        writer.write(entry)
        if writer.count >= JSONRecordWriter.pieceSize { flush() }
    }

    /// Hands all lines so far to the kernel.
    func flush() {
        writer.drain { file.write($0) }
    }
}
