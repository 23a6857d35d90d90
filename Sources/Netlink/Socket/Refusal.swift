import CMnl

/// What the kernel says at the end of an answer: an error or none, and its own words (NETLINK_EXT_ACK).
struct Refusal {
    /// As errno(3), 0 when all is well.
    let code: Int32
    let message: String?
    /// Where in the request the attribute begins that is at fault, its header counted; nil when the kernel does not say.
    let offset: Int?

    /// Reads the body of an NLMSG_ERROR, or of the NLMSG_DONE that ends a dump. netlink(7), struct nlmsgerr.
    init(_ message: borrowing NetlinkMessage, operation: String) throws(NetlinkError) {
        let body = message.body
        // A dump of a family that does not say so may end without a number.
        guard body.byteCount >= 4 else {
            guard message.type == UInt16(NLMSG_DONE) else { throw .malformed(operation: operation) }
            code = 0
            self.message = nil
            offset = nil
            return
        }
        // The kernel's numbers are negative; the least one has no positive twin.
        code = Int32(clamping: -Int(body.load(Int32.self, at: 0)))
        guard Int32(message.flags) & NLM_F_ACK_TLVS != 0 else {
            self.message = nil
            offset = nil
            return
        }
        var text: String?
        var place: Int?
        var length = 4
        if message.type == UInt16(NLMSG_ERROR) {
            guard body.byteCount >= 4 + NetlinkMessage.headerLength else { throw .malformed(operation: operation) }
            // The request's header follows, and the whole request unless NETLINK_CAP_ACK cut it.
            length += NetlinkMessage.headerLength
            if Int32(message.flags) & NLM_F_CAPPED == 0 {
                let request = Int(body.load(UInt32.self, at: 4))
                guard request >= NetlinkMessage.headerLength, request <= body.byteCount - 4 else {
                    throw .malformed(operation: operation)
                }
                length = 4 + request
            }
        }
        var attributes = try Attributes(body, after: length, operation: operation)
        while let attribute = try attributes.next() {
            switch attribute.type {
            case Int(NLMSGERR_ATTR_MSG.rawValue): text = attribute.text
            case Int(NLMSGERR_ATTR_OFFS.rawValue): place = Int(try attribute.integer(UInt32.self))
            default: break
            }
        }
        self.message = text
        offset = place
    }
}
