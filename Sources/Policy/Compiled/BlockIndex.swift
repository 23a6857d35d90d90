import Addressing

/// Blocks of addresses, each of which says something to some numbers: rules, or selectors.
///
/// An address is asked for once, by its longest prefix; what the blocks around that one say was put with it beforehand.
struct BlockIndex {
    private let table: PrefixTable
    /// For each block the numbers of it and of all around it, in order; the first is for addresses in none.
    private let numbers: [[Int32]]

    /// The most different blocks.
    static var limit: Int { 60_000 }

    init(_ blocks: [(block: IPPrefix, number: Int32)]) {
        var own: [IPPrefix: Set<Int32>] = [:]
        for entry in blocks { own[entry.block, default: []].insert(entry.number) }
        var numbers: [[Int32]] = [[]]
        var builder = PrefixTableBuilder()
        var around: [(block: IPPrefix, numbers: Set<Int32>)] = []
        for block in own.keys.sorted(by: Self.precedes) {
            while let last = around.last, !last.block.contains(block.address) { around.removeLast() }
            let all = (around.last?.numbers ?? []).union(own[block] ?? [])
            around.append((block, all))
            builder.add(block, value: UInt16(truncatingIfNeeded: numbers.count))
            numbers.append(all.sorted())
        }
        self.numbers = numbers
        table = builder.build()
    }

    /// Outer before inner.
    private static func precedes(_ left: IPPrefix, _ right: IPPrefix) -> Bool {
        left.address != right.address ? left.address < right.address : left.length < right.length
    }

    /// Which block an address is in; addresses of the same are alike to all rules. 0 is none.
    func place(of address: IPAddress) -> UInt16 { table.value(of: address) ?? 0 }

    /// What a block says, and those around it.
    func numbers(at place: UInt16) -> [Int32] { numbers[Int(place)] }
}

/// Domains, each of which says something to some rules, for all below it as well.
struct DomainIndex {
    private var domains = DomainSuffixSet()
    private var numbers: [[Int32]] = [[]]

    init(_ entries: [(domain: String, number: Int32)]) {
        var own: [String: Set<Int32>] = [:]
        for entry in entries { own[entry.domain.lowercased(), default: []].insert(entry.number) }
        // In order, so that all runs number them alike.
        for domain in own.keys.sorted() {
            var all = own[domain] ?? []
            var rest = domain[...]
            while let dot = rest.firstIndex(of: ".") {
                rest = rest[rest.index(after: dot)...]
                all.formUnion(own[String(rest)] ?? [])
            }
            domains.insert(domain, value: UInt16(truncatingIfNeeded: numbers.count))
            numbers.append(all.sorted())
        }
    }

    /// Which domain a name is or lies below; 0 is none.
    func place(of name: String?) -> UInt16 { name.flatMap { domains.value(of: $0) } ?? 0 }

    func numbers(at place: UInt16) -> [Int32] { numbers[Int(place)] }
}
