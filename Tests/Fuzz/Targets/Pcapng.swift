/// A file that begins as pcapng does. Any other is not kept.
func fuzzPcapng(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let magic = unsafe UnsafeBufferPointer(start: start, count: min(count, 4))
    guard unsafe magic.starts(with: [0x0a, 0x0d, 0x0d, 0x0a]) else { return -1 }
    return unsafe readTwice(start, count)
}
