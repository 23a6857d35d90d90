import Configuration
import Foundation
import Support
import Testing

@testable import portolan

/// `portolan config check` as a person meets it.
@Suite("config check")
struct ConfigCheckTests {
    private let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    private func write(_ text: String, as name: String) throws -> String {
        try folder.write(Array(text.utf8), as: name).path
    }

    @Test func saysWhichFilesAreGood() throws {
        let file = try write("log: {level: debug}\n", as: "a.yaml")
        try FileManager.default.createDirectory(at: folder.path("conf.d"), withIntermediateDirectories: false)
        let second = try write("", as: "conf.d/b.yaml")
        let outcome = try Command.run("config", "check", "--config", file)
        #expect(outcome.status == 0 && outcome.errors.isEmpty)
        #expect(outcome.output == "\(file): good\n\(second): good\n")
    }

    @Test func tellsEveryProblemInALine() throws {
        let file = try write("log: {level: x}\ncaptur: 1\n\"\\e[31m\": 1\n", as: "a.yaml")
        let outcome = try Command.run("config", "check", "--config", file)
        #expect(outcome.status == 1 && outcome.output.isEmpty)
        #expect(outcome.errorLines.count == 3)
        #expect(outcome.errorLines[1] == "\(file):2:1: unknown key \"captur\"; did you mean \"capture\"?")
        #expect(!outcome.errors.contains("\u{1b}"))
        #expect(try Command.run("config", "check", "--config", file, "-o", "json").output.isEmpty)
    }

    @Test func tellsFilesThatCannotBeReadApart() throws {
        let absent = folder.path("a\u{1b}.yaml").path
        let outcome = try Command.run("config", "check", "--config", absent)
        #expect(outcome.status == 2 && outcome.output.isEmpty)
        #expect(outcome.errors == "\(folder.path("a\u{fffd}.yaml").path): no such file\n")
        #expect(try Command.run("config", "check", "--config", folder.url.path).status == 2)
        #expect(try Command.run("config", "check", "--config", "").status == 64)
        #expect(try Command.run("config", "check", "--config", absent, "-o", "xml").status == 64)
    }

    /// Only libpcap can say so, and where in the file it stands is not known then.
    @Test func tellsOfAFilterThatIsNone() throws {
        let file = try write("recording: {filter: \"tcp porn 1\"}\n", as: "a.yaml")
        let outcome = try Command.run("config", "check", "--config", file)
        #expect(outcome.status == 1 && outcome.output.isEmpty && outcome.errorLines.count == 1)
        #expect(outcome.errors.hasPrefix("\(file): recording.filter: cannot use the filter \"tcp porn 1\": "))
        let good = try write("recording: {filter: not port 443, containers: [web-*]}\n", as: "b.yaml")
        #expect(try Command.run("config", "check", "--config", good).status == 0)
    }

    /// A ring whose files are as large as all that may be kept would keep nothing.
    @Test func tellsOfTooLittleRoomForWhatIsKept() throws {
        let file = try write("recording: {mode: all, file_size: 32MiB, kept: 63MiB}\n", as: "a.yaml")
        let outcome = try Command.run("config", "check", "--config", file)
        #expect(outcome.status == 1 && outcome.output.isEmpty && outcome.errorLines.count == 1)
        #expect(outcome.errors.hasPrefix("\(file): recording.kept: has no room for two files of recording.file_size"))
        #expect(outcome.errors.contains("make it 67108864 bytes at least"))
        for good in ["{file_size: 32MiB, kept: 64MiB}", "{file_size: 32MiB, size: 16MiB, kept: 8MiB}"] {
            let file = try write("recording: \(good)\n", as: "b.yaml")
            #expect(try Command.run("config", "check", "--config", file).status == 0)
        }
    }

    @Test func writesAllThatIsInForce() throws {
        let file = try write("capture: {vxlan_ports: [1, 2]}\ncontainers: {owner_labels: []}", as: "a.yaml")
        let outcome = try Command.run("config", "check", "--config", file, "-o", "json")
        #expect(outcome.status == 0 && outcome.errors.isEmpty)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
        let capture = try #require(object["capture"] as? [String: Any])
        #expect(capture["vxlan_ports"] as? [Int] == [1, 2] && capture["snapshot_length"] as? Int == 2048)
        #expect((object["containers"] as? [String: Any])?["owner_labels"] as? [String] == [])
        #expect(Set(object.keys) == Set(ConfigurationSchema.names(in: "")))
        // It is a configuration itself, and the same.
        let again = try write(outcome.output, as: "b.yaml")
        #expect(try Command.run("config", "check", "--config", again, "-o", "json").output == outcome.output)
    }

    @Test(.enabled(if: geteuid() == 0, "root gives up its rights for it"))
    func looksInTheFolderOfWhoeverAsks() throws {
        let copy = folder.path("portolan")
        try FileManager.default.copyItem(at: BuiltProgram.location, to: copy)
        let home = folder.path("home")
        let own = home.appendingPathComponent(".config/portolan")
        try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
        try Data("log: {level: x}".utf8).write(to: own.appendingPathComponent("portolan.yaml"))
        _ = try Command.shell("chmod -R a+rX \"$1\"", folder.url.path)
        let nobody = "setpriv --reuid 65534 --regid 65534 --clear-groups env -u XDG_CONFIG_HOME"
        let found = try Command.shell("\(nobody) HOME=\"$2\" \"$1\" config check", copy.path, home.path)
        #expect(found.status == 1)
        #expect(found.errors.hasPrefix("\(own.path)/portolan.yaml:1:14: log.level"))
        let named = try Command.shell(
            "\(nobody) XDG_CONFIG_HOME=\"$2\" \"$1\" config check",
            copy.path,
            "\(home.path)/x"
        )
        #expect(named.status == 0)
        #expect(named.output == "\(home.path)/x/portolan/portolan.yaml: not there, so the defaults hold\n")
    }

    @Test func leavesNoDoubtAboutAFullDisk() throws {
        let outcome = try Command.shell("\"$portolan\" config check --config Config/portolan.yaml > /dev/full")
        #expect(outcome.status == 1 && outcome.errors.contains("cannot write to standard output"))
    }
}
