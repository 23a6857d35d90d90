import Addressing
import Enforcement
import Monitor
import Privilege
import Records

/// What `blocks`, `unblock` and `panic` do where no agent answers: they speak to the kernel themselves.
struct LonelyKernel {
    /// Does something with the blocks in the kernel; the exit status is that of `body`, or says why it could not be done.
    private func with(_ body: (KernelBlocks) throws -> Int32) -> Int32 {
        do {
            let privileged = try PrivilegedThread()
            defer { privileged.end() }
            let watch = try HostWatch(privileged: privileged)
            return try body(KernelBlocks(watch, privileged: privileged))
        } catch {
            StandardError.say("\(error)")
            return LiveFailure.status(of: error)
        }
    }

    /// Lists what stands.
    func list(_ format: OutputFormat, _ style: TextStyle) -> Int32 {
        with { kernel in
            let (blocks, failures) = kernel.list()
            for failure in failures { StandardError.say(failure) }
            var output = StandardOutput()
            switch format {
            case .text: output.write(Self.table(blocks, style).map { $0 + "\n" }.joined())
            case .json: for block in blocks { output.write(Self.line(block).span) }
            }
            if let failure = output.conclude() { return failure }
            return failures.isEmpty ? ExitStatus.done : Self.status(of: failures)
        }
    }

    /// Takes blocks away.
    func release(_ numbers: [UInt64]) -> Int32 {
        with { kernel in
            var status = ExitStatus.done
            var output = StandardOutput()
            for number in numbers {
                if try kernel.release(BlockIdentifier(number)) {
                    output.write("block #\(number) is let go\n")
                } else {
                    StandardError.say("no block #\(number) stands in the kernel")
                    status = ExitStatus.noInput
                }
            }
            return output.conclude() ?? status
        }
    }

    /// Takes everything away.
    func clear() -> Int32 {
        with { kernel in
            let failures = kernel.clear()
            for failure in failures { StandardError.say(failure) }
            return failures.isEmpty ? ExitStatus.done : Self.status(of: failures)
        }
    }

    private static func status(of failures: [String]) -> Int32 {
        failures.contains { LiveRights.isOfRights($0) } ? ExitStatus.denied : ExitStatus.failed
    }

    private static func table(_ blocks: [StandingBlock], _ style: TextStyle) -> [String] {
        var table = ColumnTable([
            .init(title: "NUMBER"), .init(title: "LEFT"), .init(title: "PACKETS"),
            .init(title: "IN THE KERNEL", least: 24),
        ])
        for block in blocks {
            let left = block.until.map { Quantity.age(max(0, $0.nanoseconds - Clock.now.nanoseconds)) } ?? "for ever"
            table.add([
                ["\(block.identifier.number)"], [left], [Quantity.count(block.stopped.packets)],
                block.lines.map(Printable.text),
            ])
        }
        return table.isEmpty ? ["nothing is blocked"] : table.lines(style, width: TextStyle.terminalWidth)
    }

    private static func line(_ block: StandingBlock) -> [UInt8] {
        var json = JSONBuffer(capacity: 256)
        json.beginLine()
        json.pair("@timestamp", Clock.now, digits: 9)
        let portolan = json.beginObject("portolan")
        let object = json.beginObject("block")
        json.pair("id", block.identifier.number)
        json.pair("until", block.until, digits: 9)
        json.pair("packets", block.stopped.packets)
        json.pair("bytes", block.stopped.bytes)
        let lines = json.beginArray("elements")
        for line in block.lines { json.value(line) }
        json.end(lines)
        json.end(object)
        json.end(portolan)
        json.endLine()
        return json.bytes
    }
}
