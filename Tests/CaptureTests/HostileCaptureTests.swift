import Addressing
import Capture
import Testing

@Suite("Hostile captures")
struct HostileCaptureTests {
    /// A generator whose numbers are the same in every run, so that a failure can be looked at.
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var mixed = (state ^ state >> 30) &* 0xbf58_476d_1ce4_e5b9
            mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
            return mixed ^ mixed >> 31
        }
    }

    private static let seeds: [[UInt8]] = {
        var pcap = CaptureBytes(bigEndian: true)
        pcap.pcapHeader()
        for index in 0..<5 { pcap.pcapRecord(seconds: 1, ticks: 2, [UInt8](repeating: 1, count: index * 30)) }
        var pcapng = CaptureBytes()
        for _ in 0..<2 {
            pcapng.isBigEndian.toggle()
            pcapng.sectionHeader()
            pcapng.interface { $0.option(9) { $0.bytes += [0x8a] } }
            pcapng.enhancedPacket(ticks: 1, [UInt8](repeating: 1, count: 60)) { $0.option(1, text: "text") }
            pcapng.block(3) { $0.add(UInt64(4)) }
            pcapng.block(2) { $0.bytes += [UInt8](repeating: 0, count: 40) }
            pcapng.block(4) { $0.option(1) { $0.bytes += [1, 2, 3, 4, 65, 0] } }
            pcapng.block(5) {
                $0.bytes += [UInt8](repeating: 0, count: 12)
                $0.option(4) { $0.add(UInt64(4)) }
            }
            pcapng.block(0xbad) { $0.add(UInt32(1)) }
        }
        return [pcap.bytes, pcapng.bytes]
    }()

    /// Reads all there is; every frame is copied out, so that one outside its bytes would trap. Counts the frames.
    private func read(_ bytes: [UInt8], chunkLength: Int) -> Int {
        (try? Reading(bytes, chunkLength: chunkLength))?.packets.count ?? 0
    }

    @Test(arguments: UInt64(0)..<20)
    func neverTrapsOnDamagedFiles(round: UInt64) {
        var generator = Generator(state: round)
        var delivered = 0
        for seed in Self.seeds {
            for _ in 0..<200 {
                var bytes = seed
                for _ in 0..<Int.random(in: 1...8, using: &generator) {
                    let place = Int.random(in: 0..<bytes.count, using: &generator)
                    switch Int.random(in: 0..<4, using: &generator) {
                    case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
                    case 1: bytes[place] = [0, 1, 127, 128, 255].randomElement(using: &generator) ?? 0
                    case 2: bytes.remove(at: place)
                    default: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
                    }
                }
                delivered += read(bytes, chunkLength: Int.random(in: 1...300, using: &generator))
            }
        }
        // Most damage leaves some frames to read; a reader that gave up at once would deliver none.
        #expect(delivered > 200)
    }

    @Test(arguments: UInt64(1000)..<1020)
    func neverTrapsOnRandomBytesAfterAGoodBeginning(round: UInt64) {
        var generator = Generator(state: round)
        for seed in Self.seeds {
            for _ in 0..<100 {
                let kept = Int.random(in: 28..<seed.count, using: &generator)
                let noise = (0..<500).map { _ in UInt8.random(in: 0...255, using: &generator) }
                let before = read(Array(seed.prefix(kept)), chunkLength: 1000)
                #expect(read(seed.prefix(kept) + noise, chunkLength: 100) >= before)
            }
        }
    }

    @Test func neverTrapsOnDamagedGzip() throws {
        // A member that begins well, with a pcap header in a compressed block.
        let packed: [UInt8] = [
            0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xbb, 0xb2, 0xe9, 0xf0, 0x42, 0x26, 0x06, 0x16,
        ]
        var generator = Generator(state: 7)
        for _ in 0..<2000 {
            var bytes = packed + (0..<40).map { _ in UInt8.random(in: 0...255, using: &generator) }
            bytes[Int.random(in: 2..<bytes.count, using: &generator)] ^= 0xff
            if let reading = try? Reading(bytes, chunkLength: 64) { #expect(reading.ending != nil) }
        }
    }

    /// The record asks for as much memory as a frame may have, and has none of it.
    @Test func deliversNothingOfALengthThatTheFileDoesNotHave() throws {
        var file = CaptureBytes()
        file.pcapHeader()
        file.pcapRecord(seconds: 0, ticks: 0, [1], captured: 16 << 20)
        let reading = try Reading(file.bytes)
        #expect(reading.packets.isEmpty)
        #expect(reading.ending == .truncated(CaptureBreak(reason: "the last record is cut short", offset: 24)))
    }
}
