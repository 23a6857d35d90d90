import Addressing
import Flows
import Wire

/// Scopes, observation points and tunnels as bytes.
enum PartCoding {
    static func bytes(of scope: Scope.Name) -> [UInt8] {
        var writer = FieldWriter()
        switch scope {
        case .bare: writer.number(0)
        case .segment(let identifier, let vlan): writer.numbers(1, UInt64(identifier), UInt64(vlan))
        case .vlan(let word): writer.numbers(2, UInt64(word))
        case .namespace(let inode): writer.numbers(3, inode)
        case .device(let inode, let index): writer.numbers(4, inode, UInt64(index))
        }
        return writer.bytes
    }

    static func scope(_ bytes: [UInt8]) throws(FieldReader.Damage) -> Scope.Name {
        var reader = FieldReader(bytes)
        switch try reader.number() {
        case 0: return .bare
        case 1:
            let identifier = try reader.number(as: UInt32.self)
            return .segment(identifier: identifier, vlan: try reader.number(as: UInt32.self))
        case 2: return .vlan(try reader.number(as: UInt32.self))
        case 3: return .namespace(try reader.number())
        case 4:
            let inode = try reader.number()
            return .device(namespace: inode, index: try reader.number(as: UInt32.self))
        default: throw FieldReader.Damage()
        }
    }

    static func bytes(of point: ObservationPoint) -> [UInt8] {
        var writer = FieldWriter()
        writer.number(UInt64(max(0, point.timestampDigits)))
        let has =
            (point.interface == nil ? 0 : 1) | (point.interfaceIndex == nil ? 0 : 2) | (point.namespace == nil ? 0 : 4)
        writer.number(UInt64(has))
        if let name = point.interface { writer.text(name) }
        if let index = point.interfaceIndex { writer.number(UInt64(index)) }
        if let namespace = point.namespace { writer.number(namespace) }
        return writer.bytes
    }

    static func point(_ bytes: [UInt8]) throws(FieldReader.Damage) -> ObservationPoint {
        var reader = FieldReader(bytes)
        var point = ObservationPoint(timestampDigits: try reader.number(as: Int.self))
        let has = try reader.number()
        if has & 1 != 0 { point.interface = try reader.text() }
        if has & 2 != 0 { point.interfaceIndex = try reader.number(as: UInt32.self) }
        if has & 4 != 0 { point.namespace = try reader.number() }
        return point
    }

    static func bytes(of tunnel: Tunnel) -> [UInt8] {
        var writer = FieldWriter()
        writer.numbers(UInt64(tunnel.stack.bits), UInt64(tunnel.identifier), UInt64(tunnel.destinationPort))
        writer.number(UInt64((tunnel.source == nil ? 0 : 1) | (tunnel.destination == nil ? 0 : 2)))
        if let source = tunnel.source { writer.address(source) }
        if let destination = tunnel.destination { writer.address(destination) }
        return writer.bytes
    }

    static func tunnel(_ bytes: [UInt8]) throws(FieldReader.Damage) -> Tunnel {
        var reader = FieldReader(bytes)
        var stack = TunnelStack()
        stack.bits = try reader.number(as: UInt32.self)
        let identifier = try reader.number(as: UInt32.self)
        let port = try reader.number(as: UInt16.self)
        let has = try reader.number()
        return Tunnel(
            stack: stack,
            identifier: identifier,
            source: has & 1 != 0 ? try reader.address() : nil,
            destination: has & 2 != 0 ? try reader.address() : nil,
            destinationPort: port
        )
    }
}

extension FieldWriter {
    fileprivate mutating func numbers(_ numbers: UInt64...) {
        for number in numbers { self.number(number) }
    }
}
