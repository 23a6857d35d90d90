import Addressing
import Foundation
import Support

/// Two hosts that see the same packets, and what each writes of them. The clock of the second is wrong.
struct TwoHosts {
    /// Nanoseconds that the second's clock is ahead at the beginning, and seconds that it gains in a second.
    var offset: Int64
    var drift = 0.0
    /// How long packets take from the first host to the second, and back, in nanoseconds; each takes some more.
    var delays: (there: Int64, back: Int64) = (200_000, 300_000)
    /// Whether the second sees them in VXLAN.
    var isTunnelled = false

    /// What each wrote: when, by its own clock, and the frame.
    private(set) var first: [(time: Int64, frame: [UInt8])] = []
    private(set) var second: [(time: Int64, frame: [UInt8])] = []
    private var numbers = SeededNumbers(seed: 8)

    static let start: Int64 = 1_800_000_000_000_000_000

    init(offset: Int64) { self.offset = offset }

    /// A frame of the first host's side, or of the second's, `after` so many nanoseconds.
    mutating func send(_ frame: [UInt8], fromFirst: Bool, after: Int64) {
        let delay = (fromFirst ? delays.there : delays.back) + Int64(numbers.next() % 50_000)
        let (sent, came) = (Self.start + after, Self.start + after + delay)
        let theirs = fromFirst ? came : sent
        let wrong = theirs + offset + Int64(Double(theirs - Self.start) * drift)
        first.append((fromFirst ? sent : came, frame))
        second.append((wrong, isTunnelled ? PacketBuilder.vxlan(frame, 7) : frame))
    }

    /// A connection from a host of the first's side to one of the second's, or the other way round: question and answer.
    mutating func connect(
        _ client: UInt32,
        _ server: UInt32,
        after: Int64,
        fromFirst: Bool = true,
        answers: Bool = true
    ) {
        let (port, sequence) = (UInt16(20_000 + numbers.next() % 20_000), UInt32(truncatingIfNeeded: numbers.next()))
        let steps: [(isClient: Bool, flags: String, payload: [UInt8], number: UInt32)] = [
            (true, "S", [], 0), (false, "SA", [], 0), (true, "A", [], 1), (true, "PA", [1, 2, 3], 1),
            (false, "PA", [4, 5, 6, 7], 1), (true, "FA", [], 4), (false, "FA", [], 5),
        ]
        for (index, step) in steps.enumerated() where answers || step.isClient {
            let (source, target) = step.isClient ? (client, server) : (server, client)
            let (from, to) = step.isClient ? (port, UInt16(80)) : (80, port)
            let frame = PacketBuilder.segment(
                from: .host(source),
                from,
                to: .host(target),
                to,
                step.flags,
                step.payload,
                sequence: sequence &+ step.number &+ (step.isClient ? 0 : 1 << 31),
                acknowledgment: 9
            )
            send(frame, fromFirst: step.isClient == fromFirst, after: after + Int64(index) * 2_000_000)
        }
    }

    /// Removes from what the second wrote, or adds to it.
    mutating func changeSecond(_ change: (inout [(time: Int64, frame: [UInt8])]) -> Void) { change(&second) }
    mutating func changeFirst(_ change: (inout [(time: Int64, frame: [UInt8])]) -> Void) { change(&first) }

    /// Both files, in a folder that is gone afterwards; times in nanoseconds.
    func withFiles<Result>(_ linkType: UInt32 = 1, _ body: ([String]) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("portolan-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let paths = try [("first", first, linkType), ("second", second, 1)].map { name, frames, linkType in
            var file = Self.words(0xa1b2_3c4d, 0x0004_0002, 0, 0, 262_144, linkType)
            for (time, frame) in frames.sorted(by: { $0.time < $1.time }) {
                let (second, rest) = time.quotientAndRemainder(dividingBy: 1_000_000_000)
                let length = UInt32(frame.count)
                file += Self.words(UInt32(second), UInt32(rest), length, length) + frame
            }
            let path = folder.appendingPathComponent("\(name).pcap")
            try Data(file).write(to: path)
            return path.path
        }
        return try body(paths)
    }

    private static func words(_ words: UInt32...) -> [UInt8] {
        words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } }
    }
}
