import Addressing
import Wire

/// The name a client asked for and the addresses that a DNS response gives for it.
struct AddressAnswer {
    /// Lower case; letter case means nothing in DNS (RFC 4343), and some resolvers make it random.
    var name: String
    /// With how long each holds.
    var addresses: [(IPAddress, Duration)] = []

    /// The most aliases that are followed; resolvers give up at about as many.
    static var aliasLimit: Int { 16 }

    /// `nil` when the message is no such response, cannot be read, or holds no address.
    init?(_ message: RawSpan, isTCP: Bool) {
        do throws(WireError) {
            let message = isTCP ? try DNSMessage(segment: message) : try DNSMessage(message)
            guard message.isResponse, message.opcode == 0, message.responseCode == .noError,
                let question = try message.question(), question.name != ".",
                question.name.utf8.count <= NameTable.nameLimit
            else { return nil }
            name = question.name.lowercased()
            take(message.answers())
        } catch {
            return nil
        }
        if addresses.isEmpty { return nil }
    }

    /// Follows aliases from the question on; what hangs together with nothing asked for was slipped in.
    private mutating func take(_ answers: [DNSResourceRecord]) {
        var aliases: [String: (target: String, timeToLive: Duration)] = [:]
        for answer in answers {
            guard case .alias(let target) = answer.content else { continue }
            let owner = answer.name.lowercased()
            if aliases[owner] == nil { aliases[owner] = (target.lowercased(), answer.timeToLive) }
        }
        // How long the whole way to an owner holds: as long as its weakest step.
        var owners: [String: Duration] = [name: .seconds(Int64(Int32.max))]
        var owner = name
        for _ in 0..<Self.aliasLimit {
            guard let alias = aliases[owner], owners[alias.target] == nil, let holds = owners[owner] else { break }
            owners[alias.target] = min(holds, alias.timeToLive)
            owner = alias.target
        }
        for answer in answers {
            guard case .address(let address) = answer.content, let holds = owners[answer.name.lowercased()] else {
                continue
            }
            addresses.append((address, min(holds, answer.timeToLive)))
        }
    }
}
