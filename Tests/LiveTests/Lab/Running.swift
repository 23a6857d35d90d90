import Foundation
import Glibc
import Support
import Synchronization

/// A command that runs, or ran, in a place of a lab. Killed when nobody refers to it any more.
final class Running: Sendable {
    private let child: Child
    /// How many bytes of its output `takeLines` has read.
    private let position = Mutex<UInt64>(0)
    private let place: any Place
    private let outputFile: URL
    private let errorFile: URL

    init(_ command: [String], in place: any Place, limit: Duration?) throws {
        self.place = place
        let (output, outputFile) = try place.program.folder.create()
        let (errors, errorFile) = try place.program.folder.create()
        (self.outputFile, self.errorFile) = (outputFile, errorFile)
        // Width, colours and configuration are asked of the environment: those of the tester must not matter.
        child = try Child(
            place.entry(command, limit: limit),
            environment: [
                "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/run/home",
                "LC_ALL": "C.UTF-8", "TERM": "xterm", "COLUMNS": "80",
            ],
            input: FileHandle.nullDevice.fileDescriptor,
            output: output.fileDescriptor,
            errors: errors.fileDescriptor
        )
    }

    deinit {
        kill()
        try? FileManager.default.removeItem(at: outputFile)
        try? FileManager.default.removeItem(at: errorFile)
    }

    /// What it printed so far.
    var output: String { Self.text(outputFile) }
    var errors: String { Self.text(errorFile) }

    /// Whole lines of standard output so far, and those of them that are records.
    var lines: [String] {
        let output = output
        guard let end = output.lastIndex(of: "\n") else { return [] }
        return output[..<end].split(separator: "\n").map(String.init)
    }
    var records: [Record] { lines.compactMap { Record(line: $0) } }

    /// Whole lines of standard output that came since they were asked for last.
    func takeLines() -> [String] {
        position.withLock { position in
            guard let file = try? FileHandle(forReadingFrom: outputFile), (try? file.seek(toOffset: position)) != nil,
                let data = try? file.readToEnd(), let end = data.lastIndex(of: UInt8(ascii: "\n"))
            else { return [] }
            let whole = data[...end]
            position += UInt64(whole.count)
            return whole.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
        }
    }

    var isRunning: Bool { child.isRunning }

    /// Waits for its end.
    func wait() -> Outcome {
        let status = child.wait()
        return Outcome(status: status, output: output, errors: errors)
    }

    /// Sends a signal to the command itself. SIGKILL is for `kill`.
    func signal(_ number: Int32) {
        child.signal(number)
    }

    /// Ends it with SIGTERM, and with SIGKILL what does not heed that within two seconds.
    @discardableResult
    func stop() -> Outcome {
        signal(SIGTERM)
        return wait()
    }

    /// Ends it with SIGKILL: the command, found as the child of the process that waits for it outside.
    @discardableResult
    func kill() -> Outcome {
        while isRunning {
            let children = children
            for child in children { Glibc.kill(child, SIGKILL) }
            // It has no child before it is inside.
            if children.isEmpty { signal(SIGTERM) }
            usleep(2000)
        }
        return wait()
    }

    /// Pids, here, of the command.
    var children: [Int32] {
        let parent = child.processIdentifier
        return Self.text(URL(fileURLWithPath: "/proc/\(parent)/task/\(parent)/children"))
            .split(separator: " ").compactMap { Int32($0) }
    }

    /// Waits until something it prints, on either side, contains `text`; an error when it ends or `limit` passes first.
    func waitFor(_ text: String, within limit: Duration = .seconds(30)) throws {
        try waitUntil("it says \(text)", within: limit) { $0.output.contains(text) || $0.errors.contains(text) }
    }

    /// Waits until `condition` holds; an error when it ends or `limit` passes first.
    func waitUntil(_ what: String, within limit: Duration = .seconds(30), _ condition: (Running) -> Bool) throws {
        let deadline = ContinuousClock.now + limit
        while true {
            let wasRunning = isRunning
            if condition(self) { return }
            guard wasRunning, ContinuousClock.now < deadline else {
                throw LabError(
                    "\(wasRunning ? "no sign after \(limit)" : "ended before") that \(what): \(errors) \(output.suffix(4000))"
                )
            }
            usleep(10_000)
        }
    }

    private static func text(_ file: URL) -> String {
        String(decoding: (try? Data(contentsOf: file)) ?? Data(), as: UTF8.self)
    }
}
