import Foundation
import Testing

@testable import Configuration

@Suite("Files of the configuration", .timeLimit(.minutes(1)))
struct FileTests {
    private let files: ScratchConfiguration

    init() throws {
        files = try ScratchConfiguration()
    }

    @Test func laterFilesReplaceKeyByKey() throws {
        try files.write("log: {level: debug}\ncapture: {interfaces: [a, b], snapshot_length: 100}", as: "p.yaml")
        try files.write("capture: {interfaces: [c], buffer_size: 1MiB}", as: "conf.d/10.yaml")
        try files.write("capture: {buffer_size: 2MiB}\nstore: {flows: {age: 1d}}", as: "conf.d/9.yaml")
        try files.write("store: {flows: {size: 1MiB}}", as: "conf.d/a.yaml")
        let reading = try files.read()
        var expected = Configuration()
        expected.log.level = .debug
        expected.capture.interfaces = ["c"]
        expected.capture.snapshotLength = 100
        expected.capture.bufferSize = 2 << 20
        expected.store.flows = Retention(age: .seconds(86_400), size: 1 << 20)
        #expect(reading.configuration == expected)
        // 1 before 9: the order is that of bytes, not of numbers.
        #expect(reading.files == ["p.yaml", "conf.d/10.yaml", "conf.d/9.yaml", "conf.d/a.yaml"].map(files.path))
    }

    @Test func namesAreInTheOrderOfTheirBytes() throws {
        try files.write("", as: "p.yaml")
        let names = ["B.yaml", "a.yaml", "a-1.yaml", "ä.yaml", "z.yaml"]
        for name in names.shuffled() { try files.write("", as: "conf.d/\(name)") }
        for name in [".hidden.yaml", "a.yml", "a.yaml.bak", "yaml"] { try files.write("x: 1", as: "conf.d/\(name)") }
        let read = try files.read().files.dropFirst().map { String($0.split(separator: "/").last ?? "") }
        #expect(read == ["B.yaml", "a-1.yaml", "a.yaml", "z.yaml", "ä.yaml"])
    }

    @Test func anEmptyValueDoesNotUndoOneBefore() throws {
        try files.write("log: {level: debug}", as: "p.yaml")
        try files.write("log:\ncapture: {}\n", as: "conf.d/a.yaml")
        #expect(try files.read().configuration.log.level == .debug)
    }

    @Test func problemsOfAllFilesAreTold() throws {
        try files.write("log: {level: x}", as: "p.yaml")
        try files.write("lgo: 1", as: "conf.d/a.yaml")
        try files.write("{", as: "conf.d/b.yaml")
        let problems = try #require(files.problems())
        #expect(problems.map { $0.prefix { $0 != ":" } } == ["p.yaml", "conf.d/a.yaml", "conf.d/b.yaml"])
    }

    @Test func theStandardFileMayBeAbsent() throws {
        #expect(try files.read(mustExist: false) == ConfigurationReading())
        #expect(files.problems() == ["p.yaml: no such file"])
        try files.write("log: {level: debug}", as: "conf.d/a.yaml")
        #expect(try files.read(mustExist: false).configuration.log.level == .debug)
    }

    @Test func whatIsNoFileIsTold() throws {
        try FileManager.default.createDirectory(atPath: files.path("p.yaml"), withIntermediateDirectories: false)
        #expect(files.problems(mustExist: false) == ["p.yaml: a directory"])
        try FileManager.default.removeItem(atPath: files.path("p.yaml"))
        let made = unsafe mkfifo(files.path("p.yaml"), 0o600)
        try #require(made == 0)
        #expect(files.problems() == ["p.yaml: no regular file"])
        try FileManager.default.removeItem(atPath: files.path("p.yaml"))
        try FileManager.default.createSymbolicLink(atPath: files.path("p.yaml"), withDestinationPath: "p.yaml")
        #expect(files.problems()?.count == 1)
    }

    @Test func aFolderThatIsAFileIsTold() throws {
        try files.write("", as: "p.yaml")
        try files.write("", as: "conf.d")
        #expect(files.problems() == ["conf.d: Not a directory"])
    }

    @Test func longFilesAreRefused() throws {
        try files.write(String(repeating: "#", count: 1 << 20), as: "p.yaml")
        #expect(files.problems() == nil)
        try files.write(String(repeating: "#", count: (1 << 20) + 1), as: "p.yaml")
        #expect(files.problems() == ["p.yaml: longer than 1 MiB"])
        #expect(throws: ConfigurationRejection.self) { try files.read() }
    }

    @Test func manyFilesAreRefused() throws {
        try files.write("", as: "p.yaml")
        for number in 0..<64 { try files.write("", as: "conf.d/\(number).yaml") }
        #expect(try files.read().files.count == 65)
        try files.write("", as: "conf.d/64.yaml")
        #expect(files.problems() == ["conf.d: more than 64 files that end in .yaml"])
    }

    @Test func foldersWithoutEndAreNotListed() throws {
        try files.write("", as: "p.yaml")
        try FileManager.default.createDirectory(atPath: files.path("conf.d"), withIntermediateDirectories: false)
        for number in 0..<4095 {
            #expect(FileManager.default.createFile(atPath: files.path("conf.d/\(number)"), contents: nil))
        }
        #expect(files.problems() == ["conf.d: more than 4096 names in it"])
    }

    @Test func aFileThatCannotBeReadIsKnownFromOneThatIsWrong() throws {
        func rejection() throws -> ConfigurationRejection {
            try #require(throws: ConfigurationRejection.self) { try files.read() }
        }
        #expect(try rejection().isUnreadable)
        try files.write("x: 1", as: "p.yaml")
        #expect(try !rejection().isUnreadable)
    }

    @Test func theFolderLiesBesideTheFile() {
        #expect(ConfigurationSource.named("/etc/portolan/portolan.yaml").folder == "/etc/portolan/conf.d")
        #expect(ConfigurationSource.named("portolan.yaml").folder == "conf.d")
        #expect(ConfigurationSource.named("/portolan.yaml").folder == "/conf.d")
    }
}
