import GRDB
import Glibc

/// Looks whether the log beside the database is whole. SQLite reads it up to the first frame whose checksum is wrong and takes that
/// for its end: one byte altered there takes away all that was written later, and nothing else shows it.
/// https://sqlite.org/fileformat2.html#the_write_ahead_log
struct LogCheck {
    private let file: Int32
    private let size: Int
    private var frame: [UInt8]
    /// Whether words that are summed up are stored with the lowest byte first.
    private let isLittle: Bool
    private let salts: [UInt8]
    private var sum: (UInt32, UInt32) = (0, 0)

    private static var header: Int { 32 }
    private static var frameHeader: Int { 24 }

    /// `database` is being read meanwhile, so that the log does not begin anew.
    static func run(_ path: String, _ answer: inout CustodyAnswer, reading database: Database) {
        let file = unsafe open(path + "-wal", O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return }
        defer { close(file) }
        var status = stat()
        guard unsafe fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 else { return }
        guard var check = Self(file) else {
            answer.add(CustodyFinding(.altered, "log", .structure("its header")))
            return
        }
        // An agent that is writing has perhaps written half of a frame.
        for attempt in 0... {
            guard let frame = check.firstDamage() else { return }
            guard attempt < 3 else {
                let what = "frame \(frame) is not what was written, and what comes after it is lost"
                answer.add(CustodyFinding(.altered, "log", .structure(what)))
                return
            }
            usleep(50_000)
        }
    }

    /// Nil when its header is not whole.
    private init?(_ file: Int32) {
        self.file = file
        var header = [UInt8](repeating: 0, count: Self.header)
        guard Self.read(file, &header, at: 0) else { return nil }
        let magic = Self.word(header, 0)
        guard magic & ~1 == 0x377f_0682, Self.word(header, 4) == 3_007_000 else { return nil }
        isLittle = magic & 1 == 0
        size = Int(Self.word(header, 8))
        guard size >= 512, size <= 65_536, size.nonzeroBitCount == 1 else { return nil }
        salts = Array(header[16..<24])
        frame = [UInt8](repeating: 0, count: Self.frameHeader + size)
        add(header, 0..<24)
        guard sum == (Self.word(header, 24), Self.word(header, 28)) else { return nil }
        start = sum
    }

    private var start: (UInt32, UInt32) = (0, 0)

    /// The first frame, from 1 on, that is not whole though a transaction that goes beyond it was committed; nil when there is none.
    ///
    /// What was written and then given up may lie behind the last commit, and is never committed itself.
    private mutating func firstDamage() -> Int? {
        sum = start
        var (number, damage, isBehindCommit) = (0, Int?.none, true)
        while Self.read(file, &frame, at: Self.header + number * frame.count) {
            number += 1
            let isOurs = frame[8..<12].elementsEqual(salts[0..<4]) || frame[12..<16].elementsEqual(salts[4..<8])
            let isCommit = Self.word(frame, 4) != 0
            guard damage == nil else {
                // An older log's frames have other salts.
                if !isOurs { return nil }
                if isCommit { return damage }
                continue
            }
            add(frame, 0..<8)
            add(frame, Self.frameHeader..<frame.count)
            if frame[8..<16].elementsEqual(salts), sum == (Self.word(frame, 16), Self.word(frame, 20)) {
                isBehindCommit = isCommit
                continue
            }
            // In the middle of a transaction: what was written of it before is whole.
            if isOurs, isCommit || !isBehindCommit { return number }
            if !isOurs { return nil }
            damage = number
        }
        return nil
    }

    /// Sums up words of four bytes, two at a time.
    private mutating func add(_ bytes: [UInt8], _ range: Range<Int>) {
        for place in Swift.stride(from: range.lowerBound, to: range.upperBound, by: 8) {
            var (first, second) = (Self.word(bytes, place), Self.word(bytes, place + 4))
            if isLittle { (first, second) = (first.byteSwapped, second.byteSwapped) }
            sum.0 = sum.0 &+ first &+ sum.1
            sum.1 = sum.1 &+ second &+ sum.0
        }
    }

    private static func word(_ bytes: [UInt8], _ place: Int) -> UInt32 {
        UInt32(bytes[place]) << 24 | UInt32(bytes[place + 1]) << 16 | UInt32(bytes[place + 2]) << 8
            | UInt32(bytes[place + 3])
    }

    /// Fills `bytes`; false at the end of the file.
    private static func read(_ file: Int32, _ bytes: inout [UInt8], at place: Int) -> Bool {
        unsafe bytes.withUnsafeMutableBytes { unsafe pread(file, $0.baseAddress, $0.count, off_t(place)) == $0.count }
    }
}
