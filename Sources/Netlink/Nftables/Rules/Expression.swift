extension Nftables {
    /// A step of a rule, as the kernel has it. `Statement` writes them.
    package enum Expression: Hashable, Sendable {
        /// Loads bytes of the packet; the rule ends without a match where it has none.
        case payload(Payload, into: Register)
        /// Loads what is known of the packet. NFT_META_*.
        case meta(Meta, into: Register)
        /// Has the packet go on with another mark: NFT_META_MARK.
        case setMark(Register)
        /// Loads what conntrack knows. NFT_CT_*; in netdev and bridge chains many kernels have none.
        case connection(Connection, into: Register)
        /// Loads the id of the cgroup that the packet's socket is in: of its ancestor at a level, 1 being below the root.
        case cgroup(level: UInt32, into: Register)
        /// Looks a key up in a set; with `isVerdict`, does what the map says.
        case lookup(set: String, Register, isInverted: Bool = false, isVerdict: Bool = false)
        case compare(Register, Comparison, [UInt8])
        /// `(value & mask) ^ xor`, into the same register.
        case bitwise(Register, mask: [UInt8], xor: [UInt8])
        /// Within bounds, both included, or outside of them.
        case range(Register, first: [UInt8], last: [UInt8], isInverted: Bool = false)
        case counter(Counter)
        case log(Log)
        /// No more than so many packets in a second on average, and so many at once.
        case limit(perSecond: UInt64, burst: UInt32)
        case verdict(Verdict)
        case reject(Rejection)
        /// What is not known here, by the kernel's name for it.
        case unknown(String)

        /// NFT_CMP_*.
        package enum Comparison: UInt32, Hashable, Sendable {
            case equal = 0
            case notEqual
            case less
            case lessOrEqual
            case greater
            case greaterOrEqual
        }

        /// Bytes of the packet.
        package struct Payload: Hashable, Sendable {
            /// From where they are counted. NFT_PAYLOAD_*.
            package enum Base: UInt32, Hashable, Sendable {
                case link = 0
                case network
                case transport
                /// Behind the transport header: nft's `@ih`. Since Linux 5.16.
                case inner
            }

            package var base: Base
            /// In bytes.
            package var offset: UInt32
            /// In bytes.
            package var length: UInt32

            package init(_ base: Base, offset: UInt32, length: UInt32) {
                self.base = base
                self.offset = offset
                self.length = length
            }
        }

        /// NFT_META_*.
        package enum Meta: UInt32, Hashable, Sendable {
            case length = 0
            /// EtherType, in network byte order.
            case etherType = 1
            case mark = 3
            /// The number of an interface, in host byte order; without one the rule ends without a match.
            case inputInterface = 4
            case outputInterface = 5
            case inputInterfaceName = 6
            case outputInterfaceName = 7
            /// ARPHRD_*, in host byte order.
            case inputInterfaceType = 8
            case socketUser = 10
            /// NFPROTO_*, in the inet family.
            case networkProtocol = 15
            case transportProtocol = 16
            /// PACKET_*, a byte. packet(7)
            case packetType = 19
        }

        /// NFT_CT_*.
        package enum Connection: UInt32, Hashable, Sendable {
            /// Bits of `ConnectionState`, in host byte order.
            case state = 0
            case mark = 3
        }

        /// Tells a listener of the packet: NFLOG.
        package struct Log: Hashable, Sendable {
            package var group: UInt16
            /// Text of 127 bytes at most, cleaned as a comment is.
            package private(set) var prefix: String?
            /// Bytes of the packet that are told; nil for all.
            package var snapLength: UInt32?

            package init(group: UInt16, prefix: String? = nil, snapLength: UInt32? = nil) {
                self.group = group
                self.prefix = Nftables.comment(prefix)
                self.snapLength = snapLength
            }
        }

        /// Drops the packet and says so to its sender.
        package enum Rejection: Hashable, Sendable {
            case tcpReset
            /// NFT_REJECT_ICMPX_*: 1 port unreachable, 2 host unreachable, 3 administratively prohibited.
            case icmpx(UInt8)
        }
    }
}
