/// A file that begins as gzip does. Any other is not kept.
func fuzzGzip(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let magic = unsafe UnsafeBufferPointer(start: start, count: min(count, 2))
    guard unsafe magic.starts(with: [0x1f, 0x8b]) else { return -1 }
    return unsafe readTwice(start, count)
}
