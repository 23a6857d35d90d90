import Wire

/// Why `read` refused the bytes; `nil` when it took them.
///
/// A header borrows and cannot be named inside `#expect`, so tests ask here and compare what comes out.
func refusal(of bytes: some Collection<UInt8>, by read: (RawSpan) throws(WireError) -> Void) -> WireError? {
    let bytes = Array(bytes)
    do throws(WireError) {
        try read(bytes.rawBytes)
        return nil
    } catch {
        return error
    }
}
