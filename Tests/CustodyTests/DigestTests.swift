import Custody
import Testing

@Suite("Digests of rows and links")
struct DigestTests {
    /// FIPS 180-4's own example.
    @Test func areSHA256() throws {
        let bytes = Array("abc".utf8)
        let digest = DigestValue(of: bytes.span)
        let text = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect("\(digest)" == text)
        #expect(DigestValue(hexadecimal: text) == digest)
        #expect(DigestValue(hexadecimal: text.uppercased()) == nil)
        #expect(DigestValue(hexadecimal: String(text.dropLast())) == nil)
        var running = RunningDigest()
        for byte in Array("abc".utf8) {
            let piece = [byte]
            running.add(piece.span)
        }
        #expect(running.value == digest)
    }

    private static func leaf(_ table: String = "t", _ body: (inout RowBytes) -> Void) -> Leaf {
        var row = RowBytes(table)
        row.begin()
        body(&row)
        return row.leaf
    }

    @Test func tellRowsApart() {
        let (none, first, second, both): ([UInt8], [UInt8], [UInt8], [UInt8]) = ([], [0x61], [0x62], [0x61, 0x62])
        let leaves = [
            Self.leaf { $0.null() },
            Self.leaf { $0.number(0) },
            Self.leaf { $0.number(1) },
            Self.leaf { $0.real(0) },
            Self.leaf { $0.text(none.span) },
            Self.leaf { $0.blob(none.span) },
            Self.leaf("u") { $0.null() },
            Self.leaf { $0.text(both.span) },
            Self.leaf {
                $0.text(first.span)
                $0.text(second.span)
            },
            Self.leaf {
                $0.null()
                $0.null()
            },
        ]
        #expect(Set(leaves).count == leaves.count)
        var bytes: [UInt8] = []
        for leaf in leaves { leaf.append(to: &bytes) }
        #expect(bytes.count == leaves.count * Leaf.length)
        for (place, leaf) in leaves.enumerated() { #expect(Leaf(at: place, of: bytes) == leaf) }
        #expect(Leaf(at: leaves.count, of: bytes) == nil)
        #expect(Leaf(at: -1, of: bytes) == nil)
        #expect(Leaf(at: .max, of: bytes) == nil)
    }

    @Test func ofALinkCoverAllOfIt() {
        var link = Link("flows", 1, at: 2, .written)
        link.rows = [1, 2]
        link.leaves = [3]
        var seen: Set<DigestValue> = [link.digest(after: .none)]
        let one: [UInt8] = [1]
        seen.insert(link.digest(after: DigestValue(of: one.span)))
        let changes: [(inout Link) -> Void] = [
            { $0.strand = "alerts" }, { $0.number = 2 }, { $0.time = 3 }, { $0.act = .forgotten }, { $0.place = 1 },
            { $0.last = 1 },
            { $0.rows = [1, 3] }, { $0.leaves = [4] }, { ($0.rows, $0.leaves) = ([1], [2, 3]) },
        ]
        for change in changes {
            var other = link
            change(&other)
            seen.insert(other.digest(after: .none))
        }
        #expect(seen.count == changes.count + 2)
    }
}
