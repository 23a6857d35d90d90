import Testing
import Wire

/// Whatever the bytes, a header says how long it is, within them, or why it cannot be read; it never traps.
///
/// Random bytes rarely get past the first check, so each header also sees its own example with some bytes changed.
@Suite("Headers on hostile bytes") struct HeaderRobustnessTests {
    @Test(arguments: HeaderUnderTest.all) func neverTrapOrClaimBytesThatAreNotThere(header: HeaderUnderTest) {
        var random = SeededNumbers(seed: 20_240_229)
        var read = 0
        for turn in 0..<3_000 {
            var bytes: [UInt8]
            if turn & 1 == 0 {
                bytes = random.bytes(.random(in: 0...80, using: &random))
            } else {
                bytes = header.example
                for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
                    bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
                }
                bytes.removeLast(
                    Int.random(in: 0...bytes.count, using: &random) & Int.random(in: 0...7, using: &random)
                )
            }
            do throws(WireError) {
                let length = try header.read(bytes.rawBytes)
                read += 1
                #expect((0...bytes.count).contains(length))
            } catch {
                continue
            }
        }
        // Else the test would have looked at nothing but first checks.
        #expect(read > 100)
    }
}
