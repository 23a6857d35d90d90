import GRDB
import GRDBSQLite

/// Looks at the first hundred bytes of the file, which say how the rest is to be read: some of them SQLite takes as they are.
/// https://sqlite.org/fileformat2.html#the_database_header
///
/// Counters of changes, at 24, 40 and 92, and the version that wrote it last, at 96, are whatever they are.
enum HeaderCheck {
    /// Where something begins, its bytes as this program has them made, and its name.
    private static let fields: [(place: Int, bytes: [UInt8], name: String)] = [
        (0, Array("SQLite format 3\0".utf8), "its first words"), (20, [0, 64, 32, 32], "how pages are filled"),
        (44, [0, 0, 0, 4], "the format of its schema"), (48, [0, 0, 0, 0], "the size of a cache"),
        (56, [0, 0, 0, 1], "how text is encoded"), (60, [0, 0, 0, 0], "the user's version"),
        (68, [UInt8](repeating: 0, count: 24), "the application, and what is kept free"),
    ]

    static func run(_ database: Database, _ answer: inout CustodyAnswer) {
        guard var header = bytes(database) else { return }
        // Of a new database it is in the log until that is taken over: there is no schema yet, and no text.
        if header[44..<48].allSatisfy({ $0 == 0 }), header[56..<60].allSatisfy({ $0 == 0 }) {
            (header[47], header[59]) = (4, 1)
        }
        var wrong = fields.filter { field in
            !field.bytes.indices.allSatisfy { header[field.place + $0] == field.bytes[$0] }
        }.map(\.name)
        // A copy may have no log.
        if header[18] != header[19] || !(1...2).contains(header[18]) { wrong.append("whether it has a log") }
        // Freed pages are given back, but not at once; the largest root page tells whether at all.
        let isVacuumed = header[52..<56].contains { $0 != 0 }
        if Array(header[64..<68]) != [0, 0, 0, isVacuumed ? 1 : 0] { wrong.append("how freed pages are given back") }
        for name in wrong { answer.add(CustodyFinding(.altered, "header", .structure(name))) }
    }

    /// Nil where there is no header yet: all of it is in the log.
    ///
    /// Read by the descriptor that SQLite has: to close another one of the same file would let go of its locks.
    /// https://sqlite.org/howtocorrupt.html, 2.2
    private static func bytes(_ database: Database) -> [UInt8]? {
        var file: UnsafeMutablePointer<sqlite3_file>?
        let code = unsafe sqlite3_file_control(database.sqliteConnection, "main", SQLITE_FCNTL_FILE_POINTER, &file)
        guard code == SQLITE_OK, let file = unsafe file, let read = unsafe file.pointee.pMethods?.pointee.xRead else {
            return nil
        }
        var header = [UInt8](repeating: 0, count: 100)
        let isRead = unsafe header.withUnsafeMutableBytes { bytes in
            unsafe read(file, bytes.baseAddress, Int32(bytes.count), 0) == SQLITE_OK
        }
        return isRead ? header : nil
    }
}
