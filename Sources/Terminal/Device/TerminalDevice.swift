import CLinux
import Glibc

/// The terminal of this process: raw, on its alternate screen, and as it was before when this ends, however it ends.
///
/// One thread uses it; only `waker` is for others. One a process, since signals and crashes have one place to look.
/// `end()` restores the terminal; so do exit(3), a crash, and the stop that Control-Z asks for. SIGKILL does not.
package final class TerminalDevice {
    /// Undrained bytes past which nothing more is taken. One frame always is, so that the largest screen can be drawn.
    package static let outputLimit = 1 << 20

    let descriptor: Int32
    let signals: Int32
    package let waker: TerminalWaker
    package let modes: TerminalModes
    private let settings: termios

    var decoder = KeyDecoder()
    /// When something came last, or the decoder was told last that nothing did.
    var quietSince: Int64 = 0
    /// Events that came while somebody waited for others.
    var kept: [TerminalEvent] = []
    var output: [UInt8] = []
    /// How many bytes of `output` the terminal has taken.
    var written = 0
    var isEnded = false

    /// Opens the terminal and takes it over.
    ///
    /// By default /dev/tty, else what standard input is, so that pipes may be in use for other things.
    package init(path: String? = nil, modes: TerminalModes = TerminalModes()) throws(TerminalError) {
        let descriptor = try Self.open(path)
        var settings = termios()
        guard unsafe tcgetattr(descriptor, &settings) == 0 else {
            close(descriptor)
            throw .notATerminal
        }
        let wake = CLinux_eventDescriptor()
        guard wake >= 0 else {
            let code = errno
            close(descriptor)
            throw .refused(call: "eventfd", errno: code)
        }
        let bytes = Array(modes.leaving.utf8)
        guard unsafe CLinux_guardTerminal(descriptor, &settings, bytes, bytes.count) == 0 else {
            let code = errno
            close(wake)
            close(descriptor)
            throw code == EBUSY ? .inUse : .refused(call: "sigaction", errno: code)
        }
        let signals = CLinux_watchTerminalSignals()
        guard signals >= 0 else {
            let code = errno
            CLinux_releaseTerminal()
            close(wake)
            close(descriptor)
            throw .refused(call: "pipe2", errno: code)
        }
        self.descriptor = descriptor
        self.settings = settings
        self.modes = modes
        self.signals = signals
        waker = TerminalWaker(descriptor: wake)
        takeOver()
    }

    deinit { end() }

    private static func open(_ path: String?) throws(TerminalError) -> Int32 {
        // A description of our own: not to block is nothing the shell should inherit.
        let flags = O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK
        var descriptor = unsafe Glibc.open(path ?? "/dev/tty", flags)
        if descriptor < 0, path == nil, isatty(STDIN_FILENO) == 1 {
            descriptor = unsafe Glibc.open("/proc/self/fd/0", flags)
        }
        guard descriptor >= 0 else { throw .notATerminal }
        guard isatty(descriptor) == 1 else {
            close(descriptor)
            throw .notATerminal
        }
        return descriptor
    }

    /// Sets the terminal up: at first, and after a stop.
    func takeOver() {
        var raw = settings
        raw.c_iflag &= ~tcflag_t(BRKINT | ICRNL | IGNCR | INLCR | INPCK | ISTRIP | IXON | PARMRK)
        raw.c_oflag &= ~tcflag_t(OPOST)
        raw.c_cflag = raw.c_cflag & ~tcflag_t(CSIZE | PARENB) | tcflag_t(CS8)
        raw.c_lflag &= ~tcflag_t(ECHO | ECHONL | ICANON | IEXTEN)
        // Control-C and Control-Z stay signals, so that a shell, sudo and the rest of the job hear of them too, but
        // without throwing away what is on its way.
        raw.c_lflag |= tcflag_t(ISIG | NOFLSH)
        apply(raw)
        output.removeAll(keepingCapacity: true)
        written = 0
        send(Array(modes.entering.utf8))
    }

    private func apply(_ settings: termios) {
        var settings = settings
        // A stop in the background interrupts it (SIGTTOU), and it goes on in the foreground.
        while unsafe tcsetattr(descriptor, TCSANOW, &settings) != 0, errno == EINTR {}
    }

    func giveBack() {
        // What is left of a frame would only take time.
        output.removeAll(keepingCapacity: true)
        written = 0
        send(Array(modes.leaving.utf8))
        finish(milliseconds: 500)
        // Answers that come late, or the mouse, would be typed into the shell.
        tcflush(descriptor, TCIFLUSH)
        apply(settings)
    }

    /// Restores the terminal and lets go of it. Again it does nothing.
    package func end() {
        guard !isEnded else { return }
        isEnded = true
        giveBack()
        CLinux_releaseTerminal()
        CLinux_ignoreTerminalSignals()
        close(descriptor)
    }

    /// Columns and rows; `nil` when the terminal does not know, or is gone.
    package var size: (width: Int, height: Int)? {
        var size = winsize()
        guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
            return nil
        }
        return (Int(size.ws_col), Int(size.ws_row))
    }
}
