import Foundation
import Glibc
import HTTP
import Support
import Testing

@Suite("HTTP server: the file of its socket", .timeLimit(.minutes(2)))
struct HealingTests {
    @Test func nothingIsDoneWhileItIsThere() async throws {
        let test = try TestServer()
        defer { test.stop() }
        #expect(try !test.server.heal())
        #expect(try await test.get() == "/x here")
    }

    @Test func isMadeAnewWhereItWasDeletedAndConnectionsGoOn() async throws {
        let test = try TestServer()
        defer { test.stop() }
        let streaming = try test.ask("/tap")
        _ = await streaming.read(until: "\r\n\r\n")
        let idle = try RawPeer(test.path)
        for round in 1...3 {
            #expect(unlink(test.path) == 0)
            #expect(try test.server.heal())
            #expect(try await test.get() == "/x here")
            idle.send("GET /idle HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(await idle.read(until: "here").contains("/idle"))
            test.tap.give("round \(round)\n")
            #expect(await streaming.read(until: "\n\r\n").contains("round \(round)"))
        }
        #expect(try !test.server.heal())
        let mode = try FileManager.default.attributesOfItem(atPath: test.path)[.posixPermissions] as? Int
        #expect(mode == 0o660)
    }

    @Test func isLeftAloneWhereItIsAnothers() async throws {
        let test = try TestServer()
        let streaming = try test.ask("/tap")
        _ = await streaming.read(until: "\r\n\r\n")
        #expect(unlink(test.path) == 0)
        try Data("precious".utf8).write(to: URL(fileURLWithPath: test.path))
        defer { unlink(test.path) }
        #expect(throws: HTTPFailure.connection(path: test.path, code: EEXIST)) { try test.server.heal() }
        test.tap.give("still\n")
        #expect(await streaming.read(until: "\n\r\n").contains("still"))
        // Nor does it go when the server stops.
        test.stop()
        #expect(try String(contentsOfFile: test.path, encoding: .utf8) == "precious")
    }

    @Test func aServerThatTookThePlaceKeepsIt() async throws {
        let test = try TestServer()
        #expect(unlink(test.path) == 0)
        let other = try HTTPServer(socket: test.path) { _ in HTTPReply(body: Array("the other".utf8)) }
        defer { other.stop() }
        #expect(throws: HTTPFailure.connection(path: test.path, code: EEXIST)) { try test.server.heal() }
        test.stop()
        #expect(try await test.get() == "the other")
    }

    @Test func saysThatItsFolderIsGone() async throws {
        let folder = ScriptedServer.freshPath() + ".d"
        #expect(mkdir(folder, 0o700) == 0)
        let server = try HTTPServer(socket: folder + "/s") { _ in HTTPReply(body: []) }
        #expect(unlink(folder + "/s") == 0 && rmdir(folder) == 0)
        #expect(throws: HTTPFailure.connection(path: folder + "/s", code: ENOENT)) { try server.heal() }
        #expect(mkdir(folder, 0o700) == 0)
        #expect(try server.heal())
        server.stop()
        #expect(rmdir(folder) == 0)
    }

    @Test func belongsToTheGroupThatWasAskedFor() async throws {
        // Only root may give to any group; others to one of their own.
        let group: gid_t = geteuid() == 0 ? 12_345 : getegid()
        let test = try TestServer(group: group)
        defer { test.stop() }
        #expect(test.server.groupFailure == nil)
        func check() throws {
            var status = stat()
            #expect(lstat(test.path, &status) == 0)
            #expect(status.st_gid == group && status.st_uid == geteuid() && status.st_mode & 0o777 == 0o660)
        }
        try check()
        #expect(unlink(test.path) == 0)
        #expect(try test.server.heal())
        try check()
    }

    /// In a process of its own, as somebody who may not give files away.
    @Test func saysThatAGroupCouldNotBeGivenAndServes() async {
        await #expect(processExitsWith: .success) {
            if geteuid() == 0 {
                try #require(setgroups(0, nil) == 0 && setgid(65_534) == 0 && setuid(65_534) == 0)
            }
            let test = try TestServer(group: 12_345)
            #expect(test.server.groupFailure == EPERM)
            #expect(try await test.get() == "/x here")
            test.stop()
        }
    }
}
