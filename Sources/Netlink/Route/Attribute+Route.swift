extension Attribute {
    /// The index of an interface; nil for 0, which is none.
    func index() throws(NetlinkError) -> UInt32? {
        let index = try integer(UInt32.self)
        return index == 0 ? nil : index
    }

    /// The number of a namespace; nil for NETNSA_NSID_NOT_ASSIGNED, which is negative.
    func namespaceIdentifier() throws(NetlinkError) -> Int32? {
        let identifier = try integer(Int32.self)
        return identifier < 0 ? nil : identifier
    }

    /// The number that the first attribute of this type within holds.
    func first<Value: FixedWidthInteger & BitwiseCopyable>(_ type: Int) throws(NetlinkError) -> Value? {
        var attributes = nested
        while let attribute = try attributes.next() {
            if attribute.type == type { return try attribute.integer(Value.self) }
        }
        return nil
    }
}
