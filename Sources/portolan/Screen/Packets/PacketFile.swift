import Capture
import Dashboard

/// Packets of the screen as a pcapng file.
enum PacketFile {
    /// Writes them to a file that is not there yet.
    static func write(_ packets: [PacketList.Packet], to path: String) throws(OutputFile.Failure) {
        let file = try OutputFile("packets", path: path, isNew: true)
        var writer = PcapngWriter(application: "portolan \(Portolan.version)")
        var numbers: [Place: UInt32] = [:]
        for packet in packets {
            let place = Place(interface: packet.interface, linkType: packet.linkType)
            let number = numbers[place] ?? writer.describe(interface: place.interface, linkType: place.linkType)
            numbers[place] = number
            writer.add(packet.bytes, wireLength: packet.length, at: packet.time, interface: number)
            let bytes = writer.takeBytes()
            file.write(bytes.span)
        }
        if let failure = file.failure { throw failure }
    }

    /// What is one interface in the file.
    private struct Place: Hashable {
        var interface: String
        var linkType: UInt16
    }
}
