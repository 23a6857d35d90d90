import Addressing
import Wire

/// Goes through a frame header by header and says what each is.
///
/// Like the dissector of `Wire`, but for people, and a packet at a time: it tells what it passes, and follows less.
struct PacketWalk: ~Escapable {
    let frame: RawSpan
    /// The next byte that is read, and the first that does not belong to what is read.
    var offset = 0
    var end: Int
    var lines: [String] = []
    /// Of the last UDP header.
    var ports: (source: UInt16, destination: UInt16) = (0, 0)

    @_lifetime(copy frame)
    init(_ frame: RawSpan) {
        self.frame = frame
        end = frame.byteCount
    }

    /// The header that is read next.
    enum Step {
        case ethernet
        case etherType(UInt16)
        case ip
        case transport(UInt8)
        case datagram
        case data
        case done
    }

    /// What has not been read yet.
    var rest: RawSpan {
        @_lifetime(copy self)
        get { frame.extracting(min(offset, end)..<end) }
    }

    @_lifetime(self: copy self)
    mutating func run(_ linkType: UInt16) {
        do throws(WireError) {
            var step = try link(linkType)
            while lines.count < PacketText.limit {
                switch step {
                case .ethernet: step = try ethernet()
                case .etherType(let type): step = try network(type)
                case .ip: step = try ip()
                case .transport(let number): step = try transport(number)
                case .datagram: step = try datagram()
                case .data:
                    data()
                    return
                case .done: return
                }
            }
            lines.append("more headers than are told")
        } catch {
            switch error {
            case .truncated(let layer): lines.append("\(layer): cut off")
            case .malformed(let layer): lines.append("\(layer): contradicts itself")
            }
        }
    }

    @_lifetime(self: copy self)
    private mutating func link(_ linkType: UInt16) throws(WireError) -> Step {
        switch linkType {
        case 1: return .ethernet
        case 12, 14, 101, 228, 229: return .ip
        case 113:
            let header = try SLLHeader(rest)
            offset += SLLHeader.length
            lines.append(
                "Linux cooked \(Self.direction(UInt8(truncatingIfNeeded: header.packetType)))\(Self.from(header.source))"
            )
            return .etherType(header.protocolType)
        case 276:
            let header = try SLL2Header(rest)
            offset += SLL2Header.length
            lines.append(
                "Linux cooked interface \(header.interfaceIndex) \(Self.direction(header.packetType))\(Self.from(header.source))"
            )
            return .etherType(header.protocolType)
        case 0, 108:
            let header = try NullHeader(rest)
            offset += NullHeader.length
            lines.append("BSD loopback")
            return header.etherType.map { .etherType($0) } ?? .data
        default:
            lines.append("link type \(linkType), which is not told here")
            return .data
        }
    }

    /// linux/if_packet.h
    private static func direction(_ packetType: UInt8) -> String {
        switch packetType {
        case 0: "received"
        case 1: "broadcast"
        case 2: "multicast"
        case 3: "to another host"
        case 4: "sent"
        default: "packet type \(packetType)"
        }
    }

    private static func from(_ address: MACAddress?) -> String { address.map { " from \($0)" } ?? "" }

    @_lifetime(self: copy self)
    private mutating func ethernet() throws(WireError) -> Step {
        let header = try EthernetHeader(rest)
        lines.append("Ethernet \(header.source) ► \(header.destination)")
        offset += EthernetHeader.length
        return .etherType(header.etherType)
    }

    /// What is left, as so many bytes.
    @_lifetime(self: copy self)
    mutating func data(_ name: String = "data") {
        let count = end - min(offset, end)
        if count > 0 { lines.append("\(name) \(count) bytes") }
    }
}
