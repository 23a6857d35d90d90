import Foundation
import Glibc

/// The machine that the tests run on, looked at and never touched.
enum Machine {
    /// What a lab must leave as it is: links, addresses, routes, rules of its network namespace, and whether it forwards.
    static func network() throws -> String {
        let script = """
            ip -o link | cut -d ' ' -f 1,2; ip -o address | awk '{print $1, $2, $4}'
            ip -4 route show table all; ip -4 rule; nft list tables; ip netns
            cat /proc/sys/net/ipv4/ip_forward
            """
        return try shell(script)
    }

    /// Control groups whose path has `name` in it.
    static func controlGroups(named name: String) throws -> [String] {
        try shell("find /sys/fs/cgroup -type d -name '*\(name)*' 2>/dev/null || true")
            .split(separator: "\n").map(String.init)
    }

    /// Whether a process is there and no zombie.
    static func isAlive(_ process: Int32) -> Bool {
        guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
            let name = text.lastIndex(of: ")")
        else { return false }
        return !text[name...].hasPrefix(") Z")
    }

    /// Runs a line of sh on the machine itself; returns what it printed. Only for looking.
    static func shell(_ script: String) throws -> String {
        let output = Pipe()
        let process = try Child(
            ["/bin/sh", "-c", script],
            environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"],
            input: FileHandle.nullDevice.fileDescriptor,
            output: output.fileHandleForWriting.fileDescriptor,
            errors: output.fileHandleForWriting.fileDescriptor
        )
        try output.fileHandleForWriting.close()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        let status = process.wait()
        guard status == 0 else {
            throw LabError("\(script): \(String(decoding: text, as: UTF8.self))")
        }
        return String(decoding: text, as: UTF8.self)
    }
}
