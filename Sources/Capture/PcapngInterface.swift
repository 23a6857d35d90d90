/// What the packets of a pcapng section need to know of their interface.
struct PcapngInterface: BitwiseCopyable {
    var linkType: UInt16
    var snapLength: UInt32
    var resolution: TimestampResolution
}
