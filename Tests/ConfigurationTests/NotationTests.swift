import Addressing
import Testing

import Declarations

@testable import Configuration

@Suite("Values of the configuration")
struct NotationTests {
    @Test(arguments: [
        ("1KiB", 1 << 10), ("512KiB", 512 << 10), ("16MiB", 16 << 20), ("1025MiB", 1025 << 20), ("4GiB", 4 << 30),
        ("64TiB", 64 << 40),
    ])
    func sizesGoThereAndBack(text: String, bytes: Int) throws {
        #expect(try Measure.size.parse(text) == bytes)
        #expect(Measure.size.text(bytes) == text)
    }

    @Test(arguments: [
        ("1s", 1), ("30s", 30), ("5m", 300), ("90m", 5400), ("12h", 43_200), ("7d", 604_800), ("3650d", 315_360_000),
    ])
    func timesGoThereAndBack(text: String, seconds: Int) throws {
        #expect(try Measure.time.parse(text) == seconds)
        #expect(Measure.time.text(seconds) == text)
    }

    @Test func randomOnesGoThereAndBack() throws {
        for _ in 0..<1000 {
            let seconds = Int.random(in: 1...400_000_000)
            #expect(try Measure.time.parse(Measure.time.text(seconds)) == seconds)
            let size = Int.random(in: 1...1 << 30) << 10
            #expect(try Measure.size.parse(Measure.size.text(size)) == size)
        }
    }

    @Test func otherSpellingsOfTheSameAreRead() throws {
        #expect(try Measure.time.parse("60m") == Measure.time.parse("1h"))
        #expect(try Measure.size.parse("1024 MiB") == Measure.size.parse("1GiB"))
        #expect(throws: Mistake.self) { try Measure.size.parse("1  MiB") }
        #expect(throws: Mistake.self) { try Measure.size.parse("MiB") }
        #expect(throws: Mistake.self) { try Measure.time.parse("1234567890123456789s") }
        #expect(try Measure.time.parse("999999999999999999d") == .max)
    }

    @Test(arguments: [("0", 0), ("7", 7), ("65535", 65_535), ("999999999999999999", 999_999_999_999_999_999)])
    func wholeNumbersAreDigits(text: String, number: Int) {
        #expect(WholeNumber.parse(text) == number)
    }

    @Test(arguments: ["", "-1", "+1", "1_000", "0x10", "01", "00", "1.0", " 1", "٣", "1000000000000000000"])
    func whatElseNumbersMayLookLikeIsNone(text: String) {
        #expect(WholeNumber.parse(text) == nil)
    }

    @Test(
        arguments: [
            ("127.0.0.1:9477", ListenAddress.Host.address(.v4(IPv4Address(bits: 0x7f00_0001)))),
            ("[::1]:9477", .address(.v6(IPv6Address(high: 0, low: 1)))), ("localhost:9477", .name("localhost")),
            ("node-1.example:9477", .name("node-1.example")),
        ]
    )
    func addressesToListenAtGoThereAndBack(text: String, host: ListenAddress.Host) throws {
        let address = try ReadText.configuration("metrics: {listen: \"\(text)\"}").metrics.listen
        #expect(address == ListenAddress(host: host, port: 9477))
        #expect(address?.description == text)
    }

    @Test(arguments: ["-a", "a-", "a..b", "", "a_b", "1.2.3", "a b", String(repeating: "a", count: 64)])
    func someNamesAreNoHosts(name: String) {
        #expect(!HostName.isValid(name))
    }

    @Test func boundsThemselvesAreWithin() throws {
        let text =
            "capture: {snapshot_length: 64, buffer_size: 1GiB}\nstore: {size: 16MiB, flows: {age: 1h, size: 64TiB}}"
        let configuration = try ReadText.configuration(text)
        #expect(configuration.capture.snapshotLength == 64 && configuration.capture.bufferSize == 1 << 30)
        #expect(configuration.store.flows == Retention(age: .seconds(3600), size: 64 << 40))
        #expect(configuration.store.size == 16 << 20)
    }
}
