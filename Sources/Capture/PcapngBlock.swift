/// The block types of pcapng that are told apart here. draft-ietf-opsawg-pcapng, section 10.1.
enum PcapngBlock {
    static var sectionHeader: UInt32 { 0x0a0d_0d0a }
    static var interfaceDescription: UInt32 { 1 }
    /// Obsolete, but old files have it.
    static var packet: UInt32 { 2 }
    static var simplePacket: UInt32 { 3 }
    static var nameResolution: UInt32 { 4 }
    static var interfaceStatistics: UInt32 { 5 }
    static var enhancedPacket: UInt32 { 6 }
    static var decryptionSecrets: UInt32 { 10 }
    static var custom: UInt32 { 0xbad }
    static var customNotToCopy: UInt32 { 0x4000_0bad }

    /// In a section header, in the order the section's numbers are written in.
    static var byteOrderMagic: UInt32 { 0x1a2b_3c4d }

    /// As far as a custom block tells whether it is a note: type, length, enterprise number, mark.
    static var noteBeginning: Int { 12 + RecordingMark.length }

    /// Type and the two copies of the length.
    static var minimumLength: Int { 12 }
}
