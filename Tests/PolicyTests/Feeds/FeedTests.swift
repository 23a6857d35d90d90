import Addressing
import Declarations
import Foundation
import Testing

@testable import Policy

@Suite("Feeds", .timeLimit(.minutes(1)))
struct FeedTests {
    private let files = ScratchFolder()

    private func load(_ bytes: [UInt8], _ format: FeedFormat) throws -> (FeedTables, FeedReport) {
        let feed = Feed(name: "f", file: try files.write(bytes, as: "feed"), format: format)
        let (tables, reports) = FeedTables.load([feed])
        return (tables, try #require(reports.first))
    }

    private func load(_ text: String, _ format: FeedFormat) throws -> (FeedTables, FeedReport) {
        try load(Array(text.utf8), format)
    }

    private func has(_ tables: FeedTables, _ address: String) throws -> Bool {
        tables.feed(of: try #require(IPAddress(address))) != nil
    }

    @Test func addressesAndBlocks() throws {
        let text = "# list\n192.0.2.7\r\n\n  198.51.100.0/24 ; note\n2001:db8::/32\n203.0.113.9 # last"
        let (tables, report) = try load(text, .addresses)
        #expect(report.entries == 4 && report.unreadable == 0 && report.lines == 6 && report.problems.isEmpty)
        #expect(tables.count == 4)
        for address in ["192.0.2.7", "198.51.100.200", "2001:db8::1", "203.0.113.9"] {
            #expect(try has(tables, address))
        }
        for address in ["192.0.2.8", "198.51.101.0", "2001:db9::", "203.0.113.8"] {
            #expect(try !has(tables, address))
        }
    }

    @Test func domains() throws {
        let (tables, report) = try load("\u{feff}Evil.example\n*.bad.example\n.worse.example.\n; x\n", .domains)
        #expect(report.entries == 3 && report.unreadable == 0)
        for name in ["evil.example", "a.EVIL.example.", "bad.example", "x.worse.example"] {
            #expect(tables.feed(of: name)?.name == "f", "\(name)")
        }
        #expect(tables.feed(of: "example") == nil && tables.feed(of: "notevil.example") == nil)
    }

    @Test func hostsFiles() throws {
        let text = """
            127.0.0.1 localhost localhost.localdomain
            ::1 ip6-localhost
            fe80::1%lo0 localhost
            0.0.0.0 0.0.0.0
            0.0.0.0 ads.example  tracker.example # two
            """
        let (tables, report) = try load(text, .hosts)
        #expect(report.entries == 2 && report.unreadable == 0, "\(report.problems)")
        #expect(tables.feed(of: "x.tracker.example") != nil && tables.feed(of: "ads.example") != nil)
        #expect(tables.feed(of: "localhost.localdomain") == nil)
    }

    @Test func spamhausDrop() throws {
        let text = """
            ; Spamhaus DROP List
            1.10.16.0/20 ; SBL256894
            {"cidr":"1.19.0.0/16","sblid":"SBL434604","rir":"apnic"}
            { "cidr" : "2a06:f680::/29" }
            {"type":"metadata","timestamp":1700000000,"records":3}
            """
        let (tables, report) = try load(text, .drop)
        #expect(report.entries == 3 && report.unreadable == 0, "\(report.problems)")
        for address in ["1.10.31.255", "1.19.7.7", "2a06:f687::1"] { #expect(try has(tables, address)) }
        #expect(try !has(tables, "1.10.32.0"))
    }

    @Test(arguments: [
        ("1.2.3", FeedFormat.addresses, "no address and no block of addresses"),
        ("1.2.3.4 5.6.7.8", .addresses, "no address and no block of addresses"),
        ("evil.example", .addresses, "no address and no block of addresses"),
        ("0.0.0.0/0", .addresses, "a block of more addresses than a /8, or in IPv6 a /16"),
        ("2000::/3", .drop, "a block of more addresses than a /8, or in IPv6 a /16"),
        ("{\"sblid\":\"x\"}", .drop, "no block of addresses before a semicolon, and no object with the key cidr"),
        ("com", .domains, "a whole top-level domain"), ("a b", .domains, "no name of a domain"),
        ("https://evil.example/", .domains, "no name of a domain"), ("*.", .domains, "no name of a domain"),
        ("evil.example", .hosts, "no address with names behind it"),
        ("0.0.0.0 a..b", .hosts, "no name"), ("1.2.3.4\0", .addresses, "bytes that are no text"),
        ("\u{1b}[31m", .domains, "bytes that are no text"),
        (String(repeating: "a", count: 1025), .domains, "a line of more than 1024 bytes"),
    ])
    func whatCannotBeReadIsToldWithItsLine(line: String, format: FeedFormat, message: String) throws {
        let (tables, report) = try load("# first\n\(line)\n# last\n", format)
        #expect(tables.count == 0 && report.entries == 0)
        #expect(report.unreadable == 1 && report.lines == 3)
        let problem = try #require(report.problems.first)
        #expect(problem.description.hasPrefix("\(files.path("feed")):2:1: \(message)") || format == .hosts)
        #expect(problem.place?.line == 2)
    }

    @Test func linesAroundABrokenOneCount() throws {
        let text = "192.0.2.1\n\(String(repeating: "9", count: 300_000))\nnonsense\n192.0.2.2"
        let (tables, report) = try load(text, .addresses)
        #expect(report.entries == 2 && report.unreadable == 2 && report.lines == 4)
        #expect(report.problems.map { $0.place?.line } == [2, 3])
        #expect(try has(tables, "192.0.2.1") && has(tables, "192.0.2.2"))
        #expect(report.description.hasSuffix("/feed: 2 entries; 2 of 4 lines could not be read"))
    }

    @Test func problemsAreCountedAndNotAllTold() throws {
        let (_, report) = try load(String(repeating: "x y\n", count: 5000), .addresses)
        #expect(report.unreadable == 5000 && report.problems.count == FeedBounds.problems)
    }

    @Test func linesThatStraddleReadsAreWhole() throws {
        let lines = (0..<20_000).map { "10.\($0 >> 8 & 255).\($0 & 255).\($0 % 199)" }
        let (tables, report) = try load(lines.joined(separator: "\n"), .addresses)
        #expect(report.entries == 20_000 && report.unreadable == 0)
        for line in lines { #expect(try has(tables, line)) }
    }

    @Test func randomBytesAreReadToTheirEnd() throws {
        var generator = SystemRandomNumberGenerator()
        for format in FeedFormat.allCases {
            let bytes = (0..<200_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let (_, report) = try load(bytes, format)
            let ends = bytes.count { $0 == 0x0a } + (bytes.last == 0x0a ? 0 : 1)
            #expect(report.lines == ends)
            #expect(report.unreadable > 0 && report.problems.count == FeedBounds.problems)
        }
    }

    @Test func aFileThatIsNotThereDoesNotKeepOthersFromBeingRead() throws {
        let there = try files.write(Array("192.0.2.1".utf8), as: "there")
        let (tables, reports) = FeedTables.load([
            Feed(name: "gone", file: files.path("gone"), format: .addresses),
            Feed(name: "folder", file: files.path(""), format: .addresses),
            Feed(name: "there", file: there, format: .addresses),
        ])
        #expect(reports.map { $0.problems.first?.message } == ["no such file", "a directory", nil])
        #expect(tables.feed(of: try #require(IPAddress("192.0.2.1")))?.name == "there")
    }

    @Test func theFirstFeedOfTheSmallestBlockIsNamed() throws {
        let names = ["10.0.0.0/8", "10.1.0.0/16", "10.1.0.0/16"]
        let feeds = try names.enumerated().map { number, line in
            Feed(name: "f\(number)", file: try files.write(Array(line.utf8), as: "f\(number)"), format: .addresses)
        }
        let tables = FeedTables.load(feeds).tables
        #expect(tables.feed(of: try #require(IPAddress("10.1.0.1")))?.name == "f1")
        #expect(tables.feed(of: try #require(IPAddress("10.2.0.1")))?.name == "f0")
    }
}
