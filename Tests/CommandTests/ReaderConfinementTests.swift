import Foundation
import Glibc
import Support
import Testing

/// What reads captures gives up what it does not need, and gives the same answers as where it cannot.
@Suite("Confined readers")
struct ReaderConfinementTests {
    /// Runs a program for which the kernel has neither Landlock nor filters of system calls, as an old kernel or a container has it: by a
    /// filter that answers ENOSYS to the calls for them. seccomp(2), linux/filter.h.
    private static let without = """
        import ctypes, os, struct, sys
        libc = ctypes.CDLL(None, use_errno=True)
        x86 = os.uname().machine == "x86_64"
        numbers = [444, 445, 446, 317 if x86 else 277]
        code = [(0x20, 0, 0, 0)]
        for number in numbers:
            code += [(0x15, 0, 1, number), (0x06, 0, 0, 0x00050000 | 38)]
        code += [(0x06, 0, 0, 0x7fff0000)]
        program = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *one) for one in code))
        whole = ctypes.create_string_buffer(struct.pack("=H6xQ", len(code), ctypes.addressof(program)))
        if libc.prctl(38, 1, 0, 0, 0) or libc.prctl(22, 2, whole, 0, 0):
            sys.exit("no filter: " + os.strerror(ctypes.get_errno()))
        os.execv(sys.argv[1], sys.argv[1:])
        """

    private static let captures = [
        "Captures/first/first.pcap", "Captures/shop/shop-node-a.pcap", "Captures/shop/shop-any.pcap",
        "Captures/tenants/tenants.pcap",
    ]

    private static let commands = [
        "replay -o json --events all", "replay", "alerts -o json", "graph -o json", "report -o json", "policy learn",
        "replay -o json udp or port domain", "replay -o json port http",
    ]

    private static func arguments(_ words: String, _ files: [String]) -> [String] {
        let all = words.split(separator: " ").map(String.init)
        let options = all.prefix { !["udp", "port"].contains($0) }
        return options + files.flatMap { ["-r", $0] } + all.dropFirst(options.count)
    }

    /// When a report was made is not the same twice.
    private static func comparable(_ text: String) -> String {
        text.split(separator: "\n").filter { !$0.contains("\"action\":\"report\"") }.joined(separator: "\n")
    }

    @Test(arguments: commands) func answersAreTheSameWithAndWithout(words: String) throws {
        for file in Self.captures {
            let arguments = Self.arguments(words, [file])
            let confined = try Command.run(arguments)
            #expect(confined.status == 0, "\(confined.errors)")
            let free = try Command.shell("python3 -c \"$1\" \"$portolan\" \"${@:2}\"", Self.without, arguments)
            #expect(free.status == 0 && free.errors == confined.errors, "\(free.errors)")
            #expect(Self.comparable(free.output) == Self.comparable(confined.output), "\(file)")
            #expect(confined.output.count > 2 || words.contains("policy") || words.contains("alerts"))
        }
    }

    /// One of each kind of those that lie outside the project: headers and tunnels that ours lack.
    @Test(.enabled(if: SharedCaptures.areAvailable, "PORTOLAN_CAPTURES is not there"))
    func answersAreTheSameForOthersCaptures() throws {
        for file in try SharedCaptures.oneOfEachKind() {
            let confined = try Command.run("replay", "-r", file, "-o", "json")
            let free = try Command.shell(
                "python3 -c \"$1\" \"$portolan\" replay -r \"$2\" -o json",
                Self.without,
                file
            )
            #expect(free.status == confined.status && free.output == confined.output, "\(file)")
        }
    }

    @Test(arguments: [
        "replay -r -", "replay -r - -o json", "alerts -r -", "policy learn -r -",
    ])
    func whatReadsIsFilteredBeforeTheFirstByte(words: String) throws {
        // It waits for a byte that does not come until its status was read.
        let script = """
            mkfifo "$1/pipe"; "$portolan" \(words) < "$1/pipe" > /dev/null 2>&1 & child=$!
            exec 4> "$1/pipe"
            for _ in $(seq 100); do
                grep -q '^Seccomp:.2' /proc/$child/status && break; sleep 0.05
            done
            grep -E '^(Seccomp|NoNewPrivs):' /proc/$child/status
            exec 4>&-; wait $child
            """
        let folder = try ScratchFolder()
        let outcome = try Command.shell(script, folder.url.path)
        let lines = Set(outcome.output.split(separator: "\n").map { $0.filter { !$0.isWhitespace } })
        #expect(lines == ["NoNewPrivs:1", "Seccomp:2"], "\(outcome.output)\(outcome.errors)")
    }

    @Test func whatIsNamedTwiceByPipeOrAsAFolderIsToldAsBefore() throws {
        let folder = try ScratchFolder()
        let first = Self.captures[0]
        let direct = try Command.run("replay", "-r", first, "-o", "json")
        let piped = try Command.shell("\"$portolan\" replay -r <(cat \"$1\") -o json", first)
        #expect(piped.status == 0 && piped.output == direct.output, "\(piped.errors)")
        let link = folder.path("link.pcap").path
        let target = SharedCaptures.project.appendingPathComponent(first).path
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
        #expect(try Command.run("replay", "-r", link, "-o", "json").output == direct.output)
        let place = try Command.run("replay", "-r", folder.url.path)
        #expect(place.status == 2 && place.errors.contains("directory"), "\(place.errors)")
        let absent = try Command.run("replay", "-r", folder.path("absent").path)
        #expect(absent.status == 2 && absent.errors.contains("no such file"), "\(absent.errors)")
    }

    @Test func whatWasThereGoesWithTheFirstByteThatComes() throws {
        let folder = try ScratchFolder()
        let graph = try folder.write(Array(repeating: 0x20, count: 1 << 20), as: "old.json").path
        #expect(try Command.run("replay", "-r", "/nowhere", "--graph", graph).status == 2)
        #expect(try folder.text("old.json").utf8.count == 1 << 20)
        #expect(try Command.run("replay", "-r", Self.captures[1], "--graph", graph).status == 0)
        #expect(try folder.text("old.json").hasPrefix("{"))
        #expect(try FileManager.default.attributesOfItem(atPath: graph)[.posixPermissions] as? Int == 0o600)
    }

    @Test func whatIsNoFileStaysEverybodys() throws {
        let folder = try ScratchFolder()
        let script = """
            mkfifo -m 644 "$1/pipe"; cat "$1/pipe" > "$1/drawn" & child=$!
            "$portolan" replay -r "$2" --graph "$1/pipe" > /dev/null; wait $child; stat -c %a "$1/pipe"
            """
        let outcome = try Command.shell(script, folder.url.path, Self.captures[1])
        #expect(outcome.output == "644\n", "\(outcome.errors)")
        #expect(try folder.text("drawn").hasPrefix("{"))
    }

    @Test func whatIsWrittenAfterReadingIsWritten() throws {
        let folder = try ScratchFolder()
        let graph = folder.path("graph.json").path
        let drawn = try Command.run("replay", "-r", Self.captures[1], "--graph", graph)
        #expect(drawn.status == 0 && FileManager.default.fileExists(atPath: graph), "\(drawn.errors)")
        for name in ["new.txt", "new.txt"] {
            let path = folder.path(name).path
            let outcome = try Command.run("report", "-r", Self.captures[1], "-w", path)
            #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
            #expect(try folder.text(name).contains("Scans"))
        }
        // Where a link leads, also before there is anything.
        let below = folder.path("below")
        try FileManager.default.createDirectory(at: below, withIntermediateDirectories: false)
        let link = folder.path("link.txt").path
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "below/led.txt")
        let led = try Command.run("report", "-r", Self.captures[1], "-w", link)
        #expect(led.status == 0, "\(led.errors)")
        #expect(try folder.text("below/led.txt").contains("Scans"))
        let compared = try Command.run("graph", "-r", Self.captures[1], "--diff", graph)
        #expect(compared.status == 0, "\(compared.errors)")
    }
}

extension SharedCaptures {
    /// The smallest capture of each folder.
    fileprivate static func oneOfEachKind() throws -> [String] {
        let files = FileManager.default
        var found: [String] = []
        for kind in try files.contentsOfDirectory(atPath: folder.path).sorted() {
            let place = folder.appendingPathComponent(kind)
            let names = (try? files.contentsOfDirectory(atPath: place.path)) ?? []
            let sized = names.filter { $0.contains(".pcap") }.map { name in
                let path = place.appendingPathComponent(name).path
                return (path: path, size: ((try? files.attributesOfItem(atPath: path))?[.size] as? Int) ?? .max)
            }
            if let least = sized.min(by: { ($0.size, $0.path) < ($1.size, $1.path) }) { found.append(least.path) }
        }
        return found
    }
}
