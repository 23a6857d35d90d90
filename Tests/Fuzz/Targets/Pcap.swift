/// A file that is neither pcapng nor gzip.
func fuzzPcap(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let magic = unsafe UnsafeBufferPointer(start: start, count: min(count, 4))
    guard unsafe !magic.starts(with: [0x0a, 0x0d, 0x0d, 0x0a]), unsafe !magic.starts(with: [0x1f, 0x8b]) else {
        return -1
    }
    return unsafe readTwice(start, count)
}
