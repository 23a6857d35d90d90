import GRDB
import GRDBSQLite
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
    static func run(_ answer: inout CustodyAnswer, reading database: Database) {
        // Where the database is named by a symbolic link, the log lies beside what it leads to.
        guard let name = unsafe sqlite3_db_filename(database.sqliteConnection, "main"),
            let path = unsafe sqlite3_filename_wal(name)
        else { return }
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return }
        defer { close(file) }
        var status = stat()
        guard unsafe fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 else { return }
        // An agent that is writing has perhaps written half of a frame, or more frames meanwhile, or began the log anew.
        var last: Int?
        for attempt in 0..<limit {
            guard var check = Self(file) else {
                answer.add(CustodyFinding(.altered, "log", .structure("its header")))
                return
            }
            guard let frame = check.firstDamage() else { return }
            if attempt >= 3, frame == last { break }
            last = frame
            usleep(50_000)
        }
        let what = "frame \(last ?? 0) is not what was written, and what comes after it is lost"
        answer.add(CustodyFinding(.altered, "log", .structure(what)))
    }

    /// Times that it is read while it changes.
    private static var limit: Int { 20 }

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
    /// What was written and then given up, or was being written when the agent was killed, is never committed: no frame that ends a
    /// transaction comes after it. Frames that an older log left have other salts.
    private mutating func firstDamage() -> Int? {
        sum = start
        var (stored, isKnown) = (start, true)
        var (number, damage) = (0, Int?.none)
        while Self.read(file, &frame, at: Self.header + number * frame.count) {
            number += 1
            let isOurs = frame[8..<16].elementsEqual(salts)
            let isCommit = Self.word(frame, 4) != 0
            let isWhole = isOurs && Self.word(frame, 0) != 0 && follows(stored)
            if damage == nil, !isWhole {
                // One of both salts may have been altered.
                let isNear = frame[8..<12].elementsEqual(salts[0..<4]) || frame[12..<16].elementsEqual(salts[4..<8])
                if isNear, isCommit { return number }
                damage = number
            } else if damage != nil, isOurs, isCommit, isWhole || !isKnown {
                return damage
            }
            (stored, isKnown) = ((Self.word(frame, 16), Self.word(frame, 20)), isOurs)
            if isWhole { sum = stored }
            if !isOurs, Self.word(frame, 0) == 0 {
                guard let next = next(number) else { return nil }
                number = next
            }
        }
        return nil
    }

    /// Whether the frame's sums are those behind what was summed up before it or, where that was altered, behind what stood there as
    /// its sums. Sums it up.
    private mutating func follows(_ stored: (UInt32, UInt32)) -> Bool {
        let own = (Self.word(frame, 16), Self.word(frame, 20))
        let before = sum
        addFrame()
        guard sum != own, stored != before else { return sum == own }
        let summed = sum
        sum = stored
        addFrame()
        defer { if sum != own { sum = summed } }
        return sum == own
    }

    private mutating func addFrame() {
        add(frame, 0..<8)
        add(frame, Self.frameHeader..<frame.count)
    }

    /// The frame at which, or in which, something is stored again behind so many: a file may have holes that are as large as one likes.
    ///
    /// Nil when nothing is.
    private func next(_ number: Int) -> Int? {
        // SEEK_DATA of lseek(2), which the C library has for GNU sources only.
        let place = lseek(file, off_t(Self.header + number * frame.count), 3)
        guard place >= 0 else { return errno == ENXIO ? nil : number }
        return max(number, (Int(place) - Self.header) / frame.count)
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
