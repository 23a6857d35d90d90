import Addressing
import Enforcement
import Policy
import Support
import Testing

/// Orders of all kinds, of which many overlap.
enum RandomOrders {
    /// What may be asked for.
    static func order(_ name: String, _ numbers: inout SeededNumbers) throws -> BlockOrder {
        let options: [BlockOptions] = [[], [], .bothDirections, .newOnly, [.newOnly, .bothDirections]]
        let prefixes = [
            "192.0.2.7", "192.0.2.8", "192.0.2.0/24", "192.0.0.0/16", "192.0.2.128/25", "2001:db8::1", "2001:db8::/32",
        ]
        let ports: [ClosedRange<UInt16>?] = [nil, 80...80, 443...443, 400...450, 8000...8003, 420...500]
        let option = try #require(options.randomElement(using: &numbers))
        let prefix = try #require(prefixes.randomElement(using: &numbers))
        switch Int.random(in: 0..<10, using: &numbers) {
        case 0: return try Lab.quarantine(name)
        case 1: return try Lab.quarantine(name, allowing: "192.0.2.0/28", "2001:db8::/64")
        case 2:
            let traffic = Traffic(protocolNumber: 17, ports: [53...53])
            return BlockOrder(
                .container(Lab.key(name)),
                .traffic(.anyone, traffic),
                options: option,
                reason: "",
                author: Lab.person
            )
        case 3:
            let address = try #require(IPAddress("198.51.100.\(Int.random(in: 1..<20, using: &numbers))"))
            return BlockOrder(.address(address), .everything(allowing: []), reason: "", author: Lab.rule)
        case 4: return try Lab.order(name, to: prefix, options: option)
        case 5: return try Lab.order(name, to: prefix, 17, options: option)
        default:
            let range = try #require(ports.randomElement(using: &numbers))
            return try Lab.order(name, to: prefix, 6, range, options: option)
        }
    }
}
