import Addressing
import Dashboard
import Declarations
import Glibc
import Monitor
import Records
import Synchronization
import Terminal

/// One run of `portolan tui`: draws what a source tells, and hands on what the person at the screen wants.
struct ScreenSession {
    private let command: ScreenCommand

    init(_ command: ScreenCommand) {
        self.command = command
    }

    /// Milliseconds between two frames where nothing was pressed, and where the line to the terminal is slow.
    private static var pause: Int { 250 }
    private static var slowPause: Int64 { 1_000_000_000 }

    /// Does it all; returns the exit status.
    func run() -> Int32 {
        guard isatty(STDOUT_FILENO) != 0, isatty(STDIN_FILENO) != 0 else {
            StandardError.say("portolan tui wants a terminal; portolan graph -o text writes the same to a file or pipe")
            return ExitStatus.failed
        }
        let relay = WakeRelay()
        let source: any SnapshotSource
        do {
            source = try command.source(wake: { relay.wake() })
        } catch let rejection as Rejection {
            return rejection.tell()
        } catch {
            StandardError.say("\(error)")
            return status(of: error)
        }
        defer { source.end() }
        do {
            let device = try TerminalDevice(modes: TerminalModes(hasMouse: true))
            defer { device.end() }
            relay.set(device.waker)
            draw(source, on: device)
            return ExitStatus.done
        } catch {
            StandardError.say("the terminal cannot be used: \(error)")
            return ExitStatus.failed
        }
    }

    private func status(of error: any Error) -> Int32 {
        if let failure = error as? AgentQuery.Failure { return failure.status }
        return command.files.isEmpty && command.memory.database == nil
            ? LiveFailure.status(of: error) : ExitStatus.noInput
    }

    private func draw(_ source: any SnapshotSource, on device: TerminalDevice) {
        let probe = TerminalProbe.ask(device)
        var dashboard = Dashboard(settings(probe))
        var screen: CellGrid?
        var differ = GridDiffer(depth: command.isColorless ? .none : probe.depth)
        var bytes: [UInt8] = []
        var drawn: Int64 = 0
        var isChanged = true
        while true {
            for event in device.wait(milliseconds: Self.pause) {
                let requests = dashboard.handle(event, at: Clock.now)
                isChanged = isChanged || event != .woken
                for request in requests {
                    switch request {
                    case .quit: return
                    case .suspend: device.suspend()
                    case .redraw: screen = nil
                    default: perform(request, source, &dashboard)
                    }
                }
            }
            if let snapshot = source.takeSnapshot() {
                dashboard.take(snapshot)
                isChanged = true
            }
            if let packets = source.takePackets() {
                dashboard.take(packets)
                isChanged = true
            }
            for answer in source.takeAnswers() {
                switch answer {
                case .past(let picture, let span): dashboard.take(past: picture, of: span)
                case .message(let text): dashboard.say(text)
                case .blocks(let reply): dashboard.take(reply)
                }
                isChanged = true
            }
            let now = Clock.monotonic
            // A line that has not taken the last frame gets no other one.
            guard device.isDrained || now - drawn >= Self.slowPause, isChanged || now - drawn >= 1_000_000_000,
                let size = device.size
            else { continue }
            var grid = CellGrid(width: size.width, height: size.height, glyphs: command.glyphs ?? probe.glyphs)
            dashboard.draw(on: &grid, at: Clock.now)
            bytes.removeAll(keepingCapacity: true)
            differ.append(from: screen, to: grid, to: &bytes)
            if !bytes.isEmpty { _ = device.send(bytes) }
            screen = grid
            drawn = now
            isChanged = dashboard.ponder()
        }
    }

    private func settings(_ probe: TerminalProbe) -> DashboardSettings {
        let theme = Theme(command.theme ?? .terminal, background: probe.background)
        return DashboardSettings(
            theme: theme,
            glyphs: command.glyphs ?? probe.glyphs,
            isReadOnly: command.readOnly,
            zone: Self.zone
        )
    }

    /// Seconds east of Greenwich.
    private static var zone: Int {
        var now = Glibc.time(nil)
        var local = unsafe tm()
        guard unsafe localtime_r(&now, &local) != nil else { return 0 }
        return unsafe local.tm_gmtoff
    }

    private func perform(_ request: DashboardRequest, _ source: any SnapshotSource, _ dashboard: inout Dashboard) {
        switch request {
        case .baseline(let path):
            do {
                let bytes = try BaselineFile.read(path)
                dashboard.take(baseline: try ToldGraph(reading: bytes.span).picture, named: FileName.last(path))
            } catch {
                dashboard.say("\(path): \(error)")
            }
        case .savePackets(let path): save(dashboard.packets?.packets ?? [], to: path, &dashboard)
        default: source.ask(request)
        }
    }

    private func save(_ packets: [PacketList.Packet], to path: String, _ dashboard: inout Dashboard) {
        do {
            try PacketFile.write(packets, to: path)
            let count = GroupedDigits.text(UInt64(packets.count))
            dashboard.say("\(count) \(packets.count == 1 ? "packet" : "packets") written to \(path)")
        } catch {
            dashboard.say("\(error)")
        }
    }
}

/// Wakes the screen once there is one.
final class WakeRelay: Sendable {
    private let waker = Mutex<TerminalWaker?>(nil)

    func set(_ other: TerminalWaker) { waker.withLock { $0 = other } }
    func wake() { waker.withLock(\.self)?.wake() }
}
