import Testing
import Wire

/// Reading to the end is the assertion: a trap would end the test process.
@Suite("Hostile payloads")
struct HostilePayloadTests {
    private static let samples = [
        ApplicationPayload.dnsQuery, ApplicationPayload.dnsResponse, ApplicationPayload.clientHello12,
        ApplicationPayload.clientHello13, ApplicationPayload.serverHello12, ApplicationPayload.serverHello13,
        ApplicationPayload.httpRequest, ApplicationPayload.sshBanner, ApplicationPayload.quicInitial,
    ]

    @Test(arguments: 0..<64)
    func randomBytesNeverTrap(length: Int) {
        var numbers = SeededNumbers(seed: UInt64(length))
        for _ in 0..<40 {
            ApplicationPayload.readWithEverything(numbers.bytes(length))
        }
    }

    @Test(arguments: samples.indices)
    func cutsNeverTrap(sample: Int) {
        for length in Self.samples[sample].indices {
            ApplicationPayload.readWithEverything(Array(Self.samples[sample].prefix(length)))
        }
    }

    @Test(arguments: samples.indices)
    func damageNeverTraps(sample: Int) {
        var numbers = SeededNumbers(seed: UInt64(sample) + 1000)
        for _ in 0..<300 {
            var bytes = Self.samples[sample]
            for _ in 0..<Int.random(in: 1...4, using: &numbers) {
                let place = Int.random(in: bytes.indices, using: &numbers)
                bytes[place] =
                    [0, 0x3f, 0xc0, 0xff, UInt8(truncatingIfNeeded: numbers.next())].randomElement(using: &numbers) ?? 0
            }
            ApplicationPayload.readWithEverything(bytes)
        }
    }

    /// 64 KiB of pointers to one long name: the most work that a datagram can ask for.
    @Test func aDatagramOfPointersEnds() {
        var bytes: [UInt8] = [0, 7, 0x81, 0x80, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]
        let label = [63] + [UInt8](repeating: 0, count: 63)
        bytes += label + label + label + [0] + [0, 1, 0, 1, 0, 0, 0, 0, 0, 0]
        while bytes.count < 65000 { bytes += [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0] }
        let names = bytes.reading { payload in
            (try? DNSMessage(payload).answers(includesAdditional: true).map(\.name)) ?? []
        }
        #expect(names.count == DNSMessage.answerLimit)
        #expect(names.allSatisfy { $0.utf8.count <= 1012 })
    }
}
