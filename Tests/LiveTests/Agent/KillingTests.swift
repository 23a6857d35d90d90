import Foundation
import Support
import Testing

extension Live {
    /// `Tests/Tools/killing.py`, which has namespaces of its own, in few rounds; `make killing` has more.
    @Suite("Agent, when it is killed", .needs(.nodes))
    struct KillingTests {
        @Test func deathsCostNothingThatWasOver() throws {
            let rounds = Live.isThorough ? 20 : 10
            let program = SharedCaptures.project.appendingPathComponent("Tests/Tools/killing.py").path
            let folder = try LabFolder()
            let (file, url) = try folder.create()
            let killing = try Child(
                ["/usr/bin/python3", program, "--rounds", "\(rounds)", BuiltProgram.location.path],
                environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"],
                input: FileHandle.nullDevice.fileDescriptor,
                output: file.fileDescriptor,
                errors: file.fileDescriptor
            )
            let status = killing.wait()
            let said = try String(contentsOf: url, encoding: .utf8)
            print(said)
            #expect(status == 0 && said.contains("\(rounds) deaths"), "\(said)")
        }
    }
}
