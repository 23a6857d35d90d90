import Addressing
import Dashboard
import Foundation
import Glibc
import Testing

@testable import portolan

@Suite("Packets that are saved from the screen")
struct PacketFileTests {
    private static let packet = PacketList.Packet(
        number: 1,
        time: Timestamp(nanoseconds: 1),
        length: 60,
        interface: "eth0",
        linkType: 1,
        bytes: [UInt8](repeating: 7, count: 60),
        layers: []
    )

    @Test func areTheirOwnersAloneAndReplaceNothing() throws {
        let folder = try ScratchFolder()
        let path = folder.path("saved.pcapng").path
        try PacketFile.write([Self.packet], to: path)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let saved = try Data(contentsOf: folder.path("saved.pcapng"))
        #expect(throws: OutputFile.Failure.self) { try PacketFile.write([], to: path) }
        #expect(try Data(contentsOf: folder.path("saved.pcapng")) == saved && saved.count > 60)
    }

    @Test(.enabled(if: geteuid() == 0, "root becomes somebody else for it"))
    func nobodyElseReadsThem() throws {
        let folder = try ScratchFolder()
        // Whoever may enter the folder still may not read the file.
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.url.path)
        let path = folder.path("saved.pcapng").path
        try PacketFile.write([Self.packet], to: path)
        let other = "setpriv --reuid 65534 --regid 65534 --clear-groups"
        let read = try Command.shell("\(other) cat \"$1\"; \(other) \"$portolan\" replay -r \"$1\"", path)
        #expect(read.output.isEmpty && read.status == 2)
    }
}
