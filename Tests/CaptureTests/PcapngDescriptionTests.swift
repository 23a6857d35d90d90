import Addressing
import Capture
import Testing

@Suite("pcapng names and statistics")
struct PcapngDescriptionTests {
    private func read(bigEndian: Bool = false, _ body: (inout CaptureBytes) -> Void) throws -> Reading {
        var file = CaptureBytes(bigEndian: bigEndian)
        file.sectionHeader()
        file.interface()
        body(&file)
        return try Reading(file.bytes)
    }

    @Test(arguments: [false, true])
    func keepsTheNamesOfAddresses(bigEndian: Bool) throws {
        let reading = try read(bigEndian: bigEndian) { file in
            file.block(4) {
                $0.option(1) { $0.bytes += [10, 0, 0, 1] + Array("web\0www\0".utf8) }
                $0.option(7) { $0.bytes += [1, 2, 3] }  // a kind of record nobody knows
                $0.option(2) { $0.bytes += [0xfd] + [UInt8](repeating: 0, count: 14) + [1] + Array("db".utf8) }
                $0.option(0) { _ in }
                $0.option(1, text: "a comment after the records")
            }
        }
        #expect(
            reading.names == [
                ResolvedName(address: .v4(IPv4Address(bits: 0x0a00_0001)), name: "web"),
                ResolvedName(address: .v4(IPv4Address(bits: 0x0a00_0001)), name: "www"),
                ResolvedName(address: .v6(IPv6Address(high: 0xfd << 56, low: 1)), name: "db"),
            ]
        )
        #expect(reading.counts.comments == 1)
    }

    @Test func boundsNamesInNumberAndLength() throws {
        let reading = try read { file in
            file.block(4) {
                $0.option(1) { $0.bytes += [10, 0, 0, 1] + [UInt8](repeating: 0x61, count: 300) + [0] }
            }
            for _ in 0..<10 {
                file.block(4) {
                    $0.option(1) {
                        $0.bytes += [10, 0, 0, 1]
                        for _ in 0..<500 { $0.bytes += [0x62, 0] }
                    }
                }
            }
        }
        #expect(reading.names.count == 4096)
        #expect(reading.names[0].name.utf8.count == 255)
        #expect(reading.counts.namesRefused == 5001 - 4096)
    }

    @Test(arguments: [(UInt16(1), 65535), (1, 3), (2, 15), (0, 65535), (1, 4)] as [(UInt16, UInt16)])
    func endsNamesThatClaimMoreThanThereIs(kind: UInt16, length: UInt16) throws {
        let reading = try read { file in
            file.block(4) {
                $0.add(kind)
                $0.add(length)
                $0.bytes += [10, 0, 0, 1]
            }
            file.enhancedPacket(ticks: 0, [1])
        }
        #expect(reading.names.isEmpty)
        #expect(reading.packets.count == 1)
    }

    @Test(arguments: [false, true])
    func keepsTheLastStatisticsOfEachInterface(bigEndian: Bool) throws {
        let reading = try read(bigEndian: bigEndian) { file in
            file.interface()
            for count: UInt64 in [5, 6] {
                file.block(5) {
                    $0.add(UInt32(1))  // interface
                    $0.add(UInt64(0))  // time
                    $0.option(4) { $0.add(count) }
                    $0.option(5) { $0.add(UInt64(0)) }
                    $0.option(1, text: "a comment")
                }
            }
            file.block(5) {
                $0.add(UInt32(1))
                $0.add(UInt64(0))
                $0.option(7) { $0.add(UInt64.max) }
                $0.option(5) { $0.bytes += [1] }  // too short to be a count
            }
            file.block(5) {
                $0.add(UInt32(2))  // nobody described it
                $0.add(UInt64(0))
            }
        }
        #expect(reading.interfaces.map(\.received) == [nil, 6])
        #expect(reading.interfaces.map(\.droppedByInterface) == [nil, 0])
        #expect(reading.interfaces.map(\.dropped) == [nil, .max])
        #expect(reading.counts.comments == 2)
    }

    @Test func repairsNamesThatAreNoText() throws {
        let reading = try read { file in
            file.interface { $0.option(2) { $0.bytes += [0x65, 0xff, 0x30, 0, 0x41] } }
        }
        #expect(reading.interfaces.map(\.name) == [nil, "e\u{fffd}0"])
    }
}
