import Foundation
import GRDB

/// Which bytes of a database file mean something, and to what: as the file format has it.
/// https://sqlite.org/fileformat2.html
struct PageMap {
    /// What bytes that mean something belong to, by their place.
    private(set) var owners: [Int: String] = [:]
    let size: Int
    let pages: Int
    private let bytes: [UInt8]

    /// `file` is what `database`, which has no log beside it, consists of.
    init(_ file: Data, _ database: Database) throws {
        bytes = Array(file)
        size = 4096
        pages = bytes.count / size
        var known: Set<Int> = []
        for row in try Row.fetchAll(database, sql: "SELECT name, pageno, pagetype FROM dbstat") {
            let (name, page, kind): (String, Int, String) = (row[0], row[1], row[2])
            known.insert(page)
            if kind != "overflow" { readTree(page, name) }
        }
        // Counters, and the version that wrote it last, are whatever they are.
        for place in 0..<100 where ![24, 40, 92, 96].contains(place / 4 * 4) { owners[place] = "header" }
        var trunk = word(32)
        while trunk != 0 {
            let start = (trunk - 1) * size
            mark(start, 8 + 4 * word(start + 4), "freelist")
            known.insert(trunk)
            trunk = word(start)
        }
        // Where each page belongs, for vacuuming.
        mark(size, 5 * (pages - 2), "pointers")
    }

    private func word(_ place: Int) -> Int { (0..<4).reduce(0) { $0 << 8 | Int(bytes[place + $1]) } }
    private func half(_ place: Int) -> Int { Int(bytes[place]) << 8 | Int(bytes[place + 1]) }

    private mutating func mark(_ start: Int, _ count: Int, _ name: String) {
        for place in start..<(start + count) { owners[place] = name }
    }

    /// The number, and how many bytes it takes.
    private func varint(_ place: Int) -> (Int, Int) {
        var number = 0
        for offset in 0..<8 {
            number = number << 7 | Int(bytes[place + offset] & 0x7f)
            if bytes[place + offset] & 0x80 == 0 { return (number, offset + 1) }
        }
        return (number << 8 | Int(bytes[place + 8]), 9)
    }

    private mutating func readTree(_ page: Int, _ name: String) {
        let start = (page - 1) * size
        let header = page == 1 ? start + 100 : start
        let kind = bytes[header]
        let isLeaf = kind & 8 != 0
        let count = half(header + 3)
        let pointers = header + (isLeaf ? 8 : 12)
        mark(header, pointers - header + 2 * count, name)
        for cell in 0..<count {
            let place = start + half(pointers + 2 * cell)
            var length = isLeaf ? 0 : 4
            if kind == 5 {
                mark(place, 4 + varint(place + 4).1, name)
                continue
            }
            let (payload, digits) = varint(place + length)
            length += digits
            if kind == 13 { length += varint(place + length).1 }
            let most = kind == 13 ? size - 35 : (size - 12) * 64 / 255 - 23
            let least = (size - 12) * 32 / 255 - 23
            var local = payload
            if payload > most {
                let wanted = least + (payload - least) % (size - 4)
                local = wanted <= most ? wanted : least
                readOverflow(word(place + length + local), payload - local, name)
                length += 4
            }
            mark(place, length + local, name)
        }
        var free = half(header + 1)
        while free != 0 {
            mark(start + free, 4, name)
            free = half(start + free)
        }
    }

    private mutating func readOverflow(_ first: Int, _ length: Int, _ name: String) {
        var (page, rest) = (first, length)
        while rest > 0, page > 0 {
            let start = (page - 1) * size
            mark(start, 4 + min(rest, size - 4), name)
            rest -= size - 4
            page = word(start)
        }
    }
}
