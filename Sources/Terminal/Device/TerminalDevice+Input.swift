import CLinux
import Glibc

extension TerminalDevice {
    /// Silence after which an escape that nothing follows is the key of that name, in milliseconds.
    private static let silence: Int64 = 50

    /// Waits until something happens, `milliseconds` at most (negative: for as long as it takes), and tells what did.
    ///
    /// Sends what is undrained meanwhile, and returns without an event once all is drained.
    package func wait(milliseconds: Int) -> [TerminalEvent] {
        if isEnded { return [.disconnected] }
        if !kept.isEmpty {
            defer { kept.removeAll() }
            return kept
        }
        let deadline = milliseconds < 0 ? nil : SteadyClock.milliseconds + Int64(milliseconds)
        let wasDrained = isDrained
        var events: [TerminalEvent] = []
        while true {
            let now = SteadyClock.milliseconds
            let left = deadline.map { max($0 - now, 0) }
            let quiet = decoder.isPending ? max(quietSince + Self.silence - now, 0) : nil
            once(Int32(clamping: min(left ?? .max, quiet ?? .max)), isEndless: left == nil && quiet == nil, &events)
            if !events.isEmpty || (!wasDrained && isDrained) || left == 0 { return events }
        }
    }

    /// Puts events back, to be told by the next `wait` before others.
    func keep(_ events: [TerminalEvent]) { kept.append(contentsOf: events) }

    private func once(_ limit: Int32, isEndless: Bool, _ events: inout [TerminalEvent]) {
        let wanted = Int16(POLLIN) | (isDrained ? 0 : Int16(POLLOUT))
        var polled: InlineArray<3, pollfd> = [
            pollfd(fd: descriptor, events: wanted, revents: 0), pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
            pollfd(fd: waker.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        var span = polled.mutableSpan
        let count = unsafe span.withUnsafeMutableBufferPointer {
            unsafe poll($0.baseAddress, 3, isEndless ? -1 : limit)
        }
        // Interrupted by a signal: it is in the pipe, for the next time.
        if count < 0 { return }
        if polled[2].revents != 0 {
            waker.drain()
            events.append(.woken)
        }
        if polled[0].revents & Int16(POLLOUT) != 0 { drain() }
        if polled[0].revents & Int16(POLLIN | POLLHUP | POLLERR | POLLNVAL) != 0 {
            readInput(&events)
        } else if decoder.isPending, SteadyClock.milliseconds - quietSince >= Self.silence {
            // However often something else happens meanwhile.
            quietSince = SteadyClock.milliseconds
            decoder.flush(to: &events)
        }
        // Last, for after a stop what was read before is still to be told.
        if polled[1].revents != 0 { readSignals(&events) }
    }

    private func readInput(_ events: inout [TerminalEvent]) {
        var buffer: InlineArray<4096, UInt8> = .init(repeating: 0)
        var span = buffer.mutableSpan
        let count = unsafe span.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
        if count > 0 {
            quietSince = SteadyClock.milliseconds
            for index in 0..<count { decoder.feed(CollectionOfOne(buffer[index]), to: &events) }
        } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
            events.append(.disconnected)
        }
    }

    private func readSignals(_ events: inout [TerminalEvent]) {
        let numbers = pendingSignals()
        for number in numbers where Self.endings.contains(number) { events.append(.terminate(signal: number)) }
        if numbers.contains(SIGTSTP) {
            suspend()
            events.append(contentsOf: kept)
            kept.removeAll()
        } else if numbers.contains(SIGCONT) {
            // A stop that nobody announced, SIGSTOP's: the shell has set the terminal as it likes.
            takeOver()
            events.append(contentsOf: resumption)
        } else if numbers.contains(SIGWINCH), let size {
            events.append(.resize(width: size.width, height: size.height))
        }
    }

    private static var endings: [Int32] { [SIGTERM, SIGHUP, SIGINT, SIGQUIT] }

    /// What is told after a stop; the window may have changed meanwhile.
    private var resumption: [TerminalEvent] {
        guard let size else { return [.resumed] }
        return [.resumed, .resize(width: size.width, height: size.height)]
    }

    private func pendingSignals() -> [Int32] {
        var buffer: InlineArray<64, UInt8> = .init(repeating: 0)
        var span = buffer.mutableSpan
        let count = unsafe span.withUnsafeMutableBytes { unsafe read(signals, $0.baseAddress, $0.count) }
        return (0..<max(count, 0)).map { Int32(buffer[$0]) }
    }

    /// Restores the terminal, stops the process as Control-Z does, and takes the terminal over when it goes on.
    ///
    /// The next `wait` tells `resumed` and the size. A process group that nobody could continue is not stopped.
    package func suspend() {
        guard !isEnded else { return }
        giveBack()
        CLinux_stop()
        takeOver()
        for number in pendingSignals() where Self.endings.contains(number) { kept.append(.terminate(signal: number)) }
        kept.append(contentsOf: resumption)
    }
}
