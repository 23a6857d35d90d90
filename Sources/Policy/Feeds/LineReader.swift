import Declarations
import Glibc

/// Reads a file line by line, however long they are, with no more memory than one read takes.
struct LineReader: ~Copyable {
    private let descriptor: Int32
    private var piece = [UInt8](repeating: 0, count: 64 << 10)
    /// What the last piece left of a line that goes on; empty while one is left out.
    private var rest: [UInt8] = []
    /// Whether the line is too long, and what comes of it is thrown away.
    private var isTooLong = false
    /// Lines that were begun.
    private(set) var line = 0
    private(set) var isCut = false

    init(_ path: String) throws(FileFailure) {
        descriptor = try TextFile.opened(path)
    }

    deinit {
        close(descriptor)
    }

    /// Hands out every line with its number, from 1; nil for one of more than `FeedBounds.lineLength` bytes.
    mutating func read(_ take: (borrowing Span<UInt8>?, Int) -> Void) throws(FileFailure) {
        var total = 0
        while true {
            let count = unsafe Glibc.read(descriptor, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .system(errno) }
            if count == 0 { break }
            total += count
            guard total <= FeedBounds.fileLength else {
                isCut = true
                break
            }
            split(count, take)
        }
        // The last line may have no end. Where the file is cut, so is the line.
        if !isCut, isTooLong || !rest.isEmpty { end(take) }
    }

    private mutating func split(_ count: Int, _ take: (borrowing Span<UInt8>?, Int) -> Void) {
        var start = 0
        for place in 0..<count where piece[place] == 0x0a {
            if rest.isEmpty, !isTooLong, place - start <= FeedBounds.lineLength {
                line += 1
                take(Self.withoutReturn(piece.span.extracting(start..<place)), line)
            } else {
                keep(start..<place)
                end(take)
            }
            start = place + 1
        }
        keep(start..<count)
    }

    private mutating func keep(_ range: Range<Int>) {
        guard !isTooLong else { return }
        if rest.count + range.count > FeedBounds.lineLength {
            isTooLong = true
            rest.removeAll(keepingCapacity: true)
        } else {
            rest += piece[range]
        }
    }

    private mutating func end(_ take: (borrowing Span<UInt8>?, Int) -> Void) {
        line += 1
        if isTooLong { take(nil, line) } else { take(Self.withoutReturn(rest.span), line) }
        isTooLong = false
        rest.removeAll(keepingCapacity: true)
    }

    @_lifetime(copy line)
    private static func withoutReturn(_ line: Span<UInt8>) -> Span<UInt8> {
        line.count > 0 && line[line.count - 1] == 0x0d ? line.extracting(droppingLast: 1) : line
    }
}
