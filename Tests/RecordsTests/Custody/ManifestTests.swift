import Addressing
import Foundation
import Records
import Testing

@Suite("Manifests")
struct ManifestTests {
    private var manifest: Manifest {
        var manifest = Manifest(time: Timestamp(nanoseconds: 1_800_000_000_000_000_007), version: "1.2.3")
        manifest.files = [
            Manifest.File(path: "a \"b\".pcap", role: .input, size: 7, digest: "00ff"),
            Manifest.File(path: "report.json", role: .result, size: .max, digest: "11"),
        ]
        manifest.database = Manifest.Database(
            path: "portolan.db",
            identity: "ab",
            findings: 2,
            strands: [
                Manifest.Strand(table: "flow", number: 9, digest: "cd", rows: 90, milestone: (number: 8, digest: "ef")),
                Manifest.Strand(table: "gap", number: 1, digest: "01", rows: 0),
            ]
        )
        return manifest
    }

    @Test func whatIsWrittenIsRead() throws {
        let bytes = manifest.bytes
        let read = Manifest(bytes.span)
        let again = try #require(read)
        #expect(again.bytes == bytes)
        #expect(again.time == manifest.time && again.version == "1.2.3")
        #expect(again.files.map(\.path) == ["a \"b\".pcap", "report.json"])
        #expect(again.files.last?.size == .max)
        #expect(again.database?.strands.map(\.milestone?.number) == [8, nil])
        var plain = manifest
        plain.database = nil
        let fewer = plain.bytes
        let less = Manifest(fewer.span)
        #expect(less?.files.count == 2 && less?.database == nil)
    }

    /// Numbers that are none of theirs, what lacks, and another format.
    @Test(arguments: [
        ("\"format\":1", "\"format\":2"), ("\"size\":7", "\"size\":-7"), ("\"size\":7", "\"size\":7.5"),
        ("\"link\":9", "\"link\":9223372036854775808"), ("\"rows\":90", "\"rows\":\"90\""),
        ("\"role\":\"input\"", "\"role\":\"x\""),
        ("\"chains\"", "\"chain\""), ("\"files\":[", "\"files\":[7,"), ("T", "X"), ("}\n", "\n"),
    ])
    func whatIsNoneIsRefused(was: String, becomes: String) throws {
        let text = String(decoding: manifest.bytes, as: UTF8.self)
        let range = try #require(text.range(of: was))
        let bytes = Array(text.replacingCharacters(in: range, with: becomes).utf8)
        let read = Manifest(bytes.span)
        #expect(read?.version == nil)
    }
}
