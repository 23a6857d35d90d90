extension PcapngBlocks {
    /// Refuses a file whose beginning is not a section header that can be read; takes nothing from the window.
    static func check(_ window: inout ReadWindow) throws(CaptureError) {
        let path = window.path
        guard
            unsafe window.base.loadUnaligned(fromByteOffset: window.start, as: UInt32.self)
                == PcapngBlock.sectionHeader
        else {
            throw CaptureError(path: path, reason: unsafe foreign(UnsafeRawPointer(window.base + window.start)))
        }
        guard try window.fill(28) else { throw CaptureError(path: path, reason: .tornHeader(.pcapng)) }
        let header = unsafe UnsafeRawPointer(window.base + window.start)
        let magic = unsafe header.loadUnaligned(fromByteOffset: 8, as: UInt32.self)
        guard magic == PcapngBlock.byteOrderMagic || magic.byteSwapped == PcapngBlock.byteOrderMagic else {
            throw CaptureError(path: path, reason: .notACapture)
        }
        let byteOrder = ByteOrder(isForeign: magic != PcapngBlock.byteOrderMagic)
        let major = unsafe byteOrder.load(UInt16.self, header, at: 12)
        guard major == 1 else {
            let minor = unsafe byteOrder.load(UInt16.self, header, at: 14)
            throw CaptureError(path: path, reason: .unsupportedVersion(.pcapng, major: major, minor: minor))
        }
    }

    /// What a file is whose first four bytes begin no capture.
    private static func foreign(_ bytes: UnsafeRawPointer) -> CaptureError.Reason {
        let number = UInt32(bigEndian: unsafe bytes.loadUnaligned(as: UInt32.self))
        return switch number {
        case 0xfd37_7a58: .compressed("xz")
        case 0x28b5_2ffd: .compressed("zstd")
        case 0x0422_4d18: .compressed("lz4")
        case 0x504b_0304: .compressed("zip")
        case _ where number >> 8 == 0x42_5a68: .compressed("bzip2")
        default: .notACapture
        }
    }
}
