import CMnl

extension Nftables {
    /// A change of the rules of a namespace, by anybody. NFT_MSG_NEWGEN.
    package struct Generation: Hashable, Sendable {
        package var number: UInt32
        /// The process whose change it was; nil when the kernel does not say.
        package var process: Int32?
        /// What the process is called, 15 bytes of it.
        package var processName: String?

        package init(number: UInt32, process: Int32? = nil, processName: String? = nil) {
            self.number = number
            self.process = process
            self.processName = processName
        }

        init(body: RawSpan) throws(NetlinkError) {
            let operation = "read a generation"
            var attributes = try Attributes(body, after: MemoryLayout<nfgenmsg>.size, operation: operation)
            var number: UInt32?
            while let attribute = try attributes.next() {
                switch attribute.type {
                case NFTA_GEN_ID: number = try attribute.bigEndian(UInt32.self)
                case NFTA_GEN_PROC_PID: process = try attribute.bigEndian(Int32.self)
                case NFTA_GEN_PROC_NAME: processName = attribute.text
                default: break
                }
            }
            guard let number else { throw .malformed(operation: operation) }
            self.number = number
        }
    }
}
