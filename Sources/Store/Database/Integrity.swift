import Glibc
import GRDB

extension Store {
    /// What a check of the database found.
    package enum Condition: Hashable, Sendable {
        case sound
        /// Nothing was found in the time there was.
        case unfinished
        case damaged(String)
    }

    /// Checks the structure of the file until `isLate` says so, which is asked all the time.
    /// https://sqlite.org/pragma.html#pragma_quick_check
    package func condition(isLate: @escaping @Sendable () -> Bool = { false }) throws(StoreError) -> Condition {
        do {
            return try pool.read { database in
                let watch = ProgressWatch(database, isLate)
                defer { watch.end() }
                do {
                    let findings = try String.fetchAll(database, sql: "PRAGMA quick_check(1)")
                    return findings == ["ok"] ? .sound : .damaged(findings.first ?? "no answer")
                } catch let error as DatabaseError where error.resultCode == .SQLITE_INTERRUPT {
                    return .unfinished
                } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
                    return .damaged(error.message ?? "its structure is broken")
                }
            }
        } catch {
            throw StoreError(error, path: path)
        }
    }

    /// Takes a database that is damaged out of the way, with the files beside it; returns where it lies now.
    package static func setAside(_ path: String, at time: Int64) throws(StoreError) -> String {
        let place = "\(path).damaged-\(time)"
        guard unsafe rename(path, place) == 0 else { throw .file(path: path, code: errno) }
        for suffix in ["-wal", "-shm"] { _ = unsafe rename(path + suffix, place + suffix) }
        return place
    }
}
