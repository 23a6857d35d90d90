import Capture
import Glibc

/// How far reading is, on standard error, and only when that is a terminal.
struct ProgressBar {
    private let isShown = StandardError.isTerminal
    private var lastShown: time_t = 0
    private var isDirty = false

    private static var width: Int { 30 }

    /// Draws it, at most once a second.
    mutating func show(_ position: CapturePosition) {
        guard isShown else { return }
        let now = time(nil)
        guard now != lastShown else { return }
        lastShown = now
        isDirty = true
        let read = Quantity.bytes(position.bytesRead)
        guard let size = position.fileSize, size > 0 else {
            StandardError.write("\r\u{1b}[Kread \(read)")
            return
        }
        let done = min(Self.width, Int(UInt64(Self.width) * min(position.bytesRead, size) / size))
        let bar = String(repeating: "█", count: done) + String(repeating: "░", count: Self.width - done)
        StandardError.write("\r\u{1b}[K\(bar) \(read) of \(Quantity.bytes(size))")
    }

    /// Takes it away.
    mutating func clear() {
        if isDirty { StandardError.write("\r\u{1b}[K") }
        isDirty = false
    }
}
