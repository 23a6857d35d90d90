import CMnl
import Glibc

extension NetlinkSocket {
    /// Keys asked for at one go, so that the answers have room in the socket.
    static var lookupChunk: Int { 64 }

    /// The elements of these keys, each with what it has counted and how long it stays; nil in the place of one that is not there.
    ///
    /// Cheaper than a dump where few of many are wanted. Keys of ranges must be those of elements, not
    /// values within. Sets of ranges of one field cannot be asked: all is nil. Throws `.refused` when the set does not stand,
    /// `.system` with ENOBUFS when the answers had no room in the socket.
    package mutating func elements(
        _ keys: [Nftables.Key],
        of set: Nftables.Set
    ) throws(NetlinkError) -> [Nftables.Element?] {
        var elements: [Nftables.Element?] = Array(repeating: nil, count: keys.count)
        guard set.key.count > 1 || !set.flags.contains(.interval) else { return elements }
        for start in stride(from: 0, to: keys.count, by: Self.lookupChunk) {
            let places = start..<min(keys.count, start + Self.lookupChunk)
            try find(keys[places], of: set) { elements[start + $0] = $1 }
        }
        return elements
    }

    private mutating func find(
        _ keys: ArraySlice<Nftables.Key>,
        of set: Nftables.Set,
        _ body: (Int, Nftables.Element) -> Void
    ) throws(NetlinkError) {
        let operation = "find elements of set \(set.name)"
        var messages = MessageWriter()
        for key in keys { messages.lookUp(key, in: set) }
        try drain(for: operation) { _ in }
        let before = try send(messages, for: operation)
        var failure: NetlinkError?
        let isLossy = try drain(for: operation) { (message) throws(NetlinkError) in
            let place = Int(message.sequence &- before) - 1
            switch Int(message.type) {
            case Int(NLMSG_ERROR):
                let refusal = try Refusal(message, operation: operation)
                // Of a set that is not there as of an element; the dump of the former tells.
                guard refusal.code != 0, refusal.code != ENOENT else { return }
                failure = .refused(operation: operation, code: refusal.code, message: refusal.message)
            case Nftables.Message.type(NFT_MSG_NEWSETELEM):
                guard let list = try Nftables.ElementList.read(message.body), let element = list.elements.first else {
                    return
                }
                guard 0..<keys.count ~= place else { throw .malformed(operation: operation) }
                body(place, element)
            default: break
            }
        }
        if let failure { throw failure }
        // Else what was not heard of would pass for not being there.
        if isLossy { throw .system(operation: operation, code: ENOBUFS) }
    }
}

extension MessageWriter {
    /// Adds a question for one element.
    fileprivate mutating func lookUp(_ key: Nftables.Key, in set: Nftables.Set) {
        let type = Nftables.Message.type(NFT_MSG_GETSETELEM)
        message(type, flags: NLM_F_REQUEST | NLM_F_ACK, family: set.family.rawValue) { (writer) in
            writer.put(NFTA_SET_ELEM_LIST_TABLE, Nftables.table)
            writer.put(NFTA_SET_ELEM_LIST_SET, set.name)
            writer.nest(NFTA_SET_ELEM_LIST_ELEMENTS) { $0.put(Nftables.Element(key), of: set) }
        }
    }
}
