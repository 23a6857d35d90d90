import Glibc

extension TerminalDevice {
    /// Whether the terminal has taken all it was sent. While not, a slow link is better spared a new frame.
    package var isDrained: Bool { written == output.count }

    /// Sends bytes, of which those the terminal does not take now are kept and sent while waiting.
    ///
    /// Where something is undrained and both together are more than `outputLimit`, the bytes are dropped whole, and the
    /// answer is `false`: the next frame must then be drawn anew.
    @discardableResult
    package func send(_ bytes: [UInt8]) -> Bool {
        guard isDrained || output.count - written + bytes.count <= Self.outputLimit else { return false }
        // What was written goes once it is the larger part, so that each byte moves but once or so.
        if written >= output.count - written {
            output.removeFirst(written)
            written = 0
        }
        output.append(contentsOf: bytes)
        drain()
        return true
    }

    /// Writes what the terminal takes without blocking.
    func drain() {
        while written < output.count {
            let count = unsafe output.withUnsafeBytes { bytes in
                unsafe Glibc.write(descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written)
            }
            if count > 0 {
                written += count
            } else if count < 0, errno == EINTR {
                continue
            } else {
                // A terminal that is gone takes nothing ever; `wait` says so.
                return
            }
        }
    }

    /// Writes what is left, for so long at most.
    func finish(milliseconds: Int32) {
        while !isDrained {
            var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            guard unsafe poll(&ready, 1, milliseconds) > 0, ready.revents & Int16(POLLOUT) != 0 else { return }
            let before = written
            drain()
            if written == before { return }
        }
    }
}
