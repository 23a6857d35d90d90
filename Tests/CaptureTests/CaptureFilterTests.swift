import Addressing
import Capture
import Glibc
import Privilege
import Testing

@Suite("Capture filter")
struct CaptureFilterTests {
    /// An IPv4 packet from 10.0.0.1 to 10.0.0.2, UDP from port 53 to 4096, without data.
    private static let packet: [UInt8] = [
        0x45, 0, 0, 28, 0, 0, 0, 0, 64, 17, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2,
        0, 53, 16, 0, 0, 8, 0, 0,
    ]

    private static let ethernet = [UInt8](repeating: 2, count: 12) + [0x08, 0x00] + packet

    private func keeps(_ expression: String, _ bytes: [UInt8], linkType: UInt16) throws -> Bool {
        var filter = try CaptureFilter(expression)
        let frame = Frame(
            offset: 0,
            time: Timestamp(nanoseconds: 0),
            capturedLength: UInt32(bytes.count),
            wireLength: UInt32(bytes.count),
            interface: 0,
            linkType: linkType
        )
        return unsafe filter.keeps(frame, in: bytes.span.bytes)
    }

    @Test(arguments: [("udp port 53", true), ("host 10.0.0.2", true), ("tcp", false), ("net 10.1.0.0/16", false)])
    func appliesToEthernetAndToBareIP(expression: String, isKept: Bool) throws {
        #expect(try keeps(expression, Self.ethernet, linkType: 1) == isKept)
        #expect(try keeps(expression, Self.packet, linkType: 101) == isKept)
    }

    /// Names of services lie in a file that whoever reads captures may not open any more.
    @Test func namesAreLookedUpBeforehandForAllThatIsRead() async {
        await #expect(processExitsWith: .success) {
            var filter = try CaptureFilter("udp port domain")
            let rules = FileConfinement(.reader)
            if try rules.begin() == .begun {
                #expect(unsafe open("/etc/services", O_RDONLY) == -1)
            }
            // Raw, IPv4 and Linux cooked, of which each was compiled for itself.
            let cooked: [UInt8] = [UInt8](repeating: 0, count: 14) + [0x08, 0x00] + Self.packet
            for (linkType, bytes) in [(101, Self.packet), (228, Self.packet), (113, cooked)] as [(UInt16, [UInt8])] {
                let frame = Frame(
                    offset: 0,
                    time: Timestamp(nanoseconds: 0),
                    capturedLength: UInt32(bytes.count),
                    wireLength: UInt32(bytes.count),
                    interface: 0,
                    linkType: linkType
                )
                let isKept = unsafe filter.keeps(frame, in: bytes.span.bytes)
                #expect(isKept, "\(linkType)")
            }
        }
    }

    @Test func letsEverythingThroughWhenEmpty() throws {
        #expect(try keeps("", Self.ethernet, linkType: 1))
    }

    @Test func staysInsideWhatWasCaptured() throws {
        #expect(try !keeps("udp port 53", Array(Self.ethernet.prefix(20)), linkType: 1))
        #expect(try !keeps("ether[70000] = 1", Self.ethernet, linkType: 1))
    }

    @Test func refusesAFrameThatIsNotInItsBytes() throws {
        var filter = try CaptureFilter("")
        let time = Timestamp(nanoseconds: 0)
        for (offset, length) in [(41, 2), (43, 0), (-1, 1), (0, .max)] as [(Int, UInt32)] {
            let frame = Frame(
                offset: offset,
                time: time,
                capturedLength: length,
                wireLength: length,
                interface: 0,
                linkType: 1
            )
            let isKept = unsafe filter.keeps(frame, in: Self.ethernet.span.bytes)
            #expect(!isKept)
        }
    }

    @Test func tellsWhereItDoesNotApply() throws {
        var filter = try CaptureFilter("ether host 02:02:02:02:02:02")
        let frame = Frame(
            offset: 0,
            time: Timestamp(nanoseconds: 0),
            capturedLength: 28,
            wireLength: 28,
            interface: 0,
            linkType: 101
        )
        let isKept = unsafe filter.keeps(frame, in: Self.packet.span.bytes)
        let refusals = filter.refusals
        #expect(!isKept)
        #expect(refusals.keys.sorted() == [101])
        #expect(refusals[101]?.isEmpty == false)
    }

    @Test func acceptsWhatOnlyOtherLinkTypesHave() throws {
        #expect(try !keeps("wlan type mgt", Self.ethernet, linkType: 1))
    }

    @Test func keepsLibpcapsWords() {
        let error = #expect(throws: CaptureFilterError.self) { _ = try CaptureFilter("tcp prot 80") }
        #expect(error?.expression == "tcp prot 80")
        #expect(error?.reason.contains("syntax error") == true)
        #expect(error?.description.contains("\n") == false)
        #expect(error?.description.hasPrefix("cannot use the filter \"tcp prot 80\": ") == true)
    }
}
