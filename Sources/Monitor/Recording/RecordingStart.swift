/// What stands at the beginning of each file of a recording.
struct RecordingStart: Hashable {
    /// The same in all files of a recording, and in no other: 16 bytes.
    var identifier: [UInt8]
    /// Counts the files, from 1.
    var number: UInt32
    /// UDP ports that tunnels were looked for on, beside those they always are.
    var vxlanPorts: [UInt16] = []
    var genevePorts: [UInt16] = []

    init(identifier: [UInt8], number: UInt32) {
        self.identifier = identifier
        self.number = number
    }

    init?(_ fields: inout NoteFields) {
        guard let identifier = fields.take(16), let number = fields.take(UInt32.self), number > 0,
            let vxlan = Self.ports(&fields), let geneve = Self.ports(&fields)
        else { return nil }
        self.init(identifier: identifier, number: number)
        vxlanPorts = vxlan
        genevePorts = geneve
    }

    var bytes: [UInt8] {
        var bytes = identifier
        bytes.put(number)
        for ports in [vxlanPorts, genevePorts] {
            let some = ports.prefix(Int(UInt16.max))
            bytes.put(UInt16(clamping: some.count))
            for port in some { bytes.put(port) }
        }
        return bytes
    }

    private static func ports(_ fields: inout NoteFields) -> [UInt16]? {
        guard let count = fields.take(UInt16.self) else { return nil }
        var ports: [UInt16] = []
        for _ in 0..<count {
            guard let port = fields.take(UInt16.self) else { return nil }
            ports.append(port)
        }
        return ports
    }
}
