import Foundation
import Glibc
import Testing

extension Live {
    @Suite("What a lab leaves behind", .needs(.nodes))
    struct CleanupTests {
        @Test func fiftyPodsLeaveNothing() throws {
            let folder: URL
            let name: String
            let processes: [Int32]
            do {
                let lab = try KernelLab(pods: 50)
                name = lab.lab.name
                folder = lab.lab.program.folder.url
                processes = lab.pods.flatMap { [$0.pauseProcess, $0.appProcess] } + lab.nodes.map(\.process)
                #expect(processes.allSatisfy(Machine.isAlive))
                #expect(try Machine.controlGroups(named: name).count >= 1)
                #expect(FileManager.default.fileExists(atPath: folder.path))
            }
            // Nobody refers to the lab any more.
            #expect(processes.count == 102)
            #expect(!processes.contains(where: Machine.isAlive))
            #expect(try Machine.controlGroups(named: name).isEmpty)
            #expect(!FileManager.default.fileExists(atPath: folder.path))
        }

        @Test func aKilledLabIsClearedUpByTheNext() throws {
            let lab = try KernelLab(pods: 4)
            let processes = lab.pods.map(\.appProcess) + lab.nodes.map(\.process)
            kill(lab.lab.program.processIdentifier, SIGKILL)
            #expect(throws: LabError.self) { try lab.talk(lab.everyPair()) }
            _ = try Lab(nodes: ["next"])
            #expect(try Machine.controlGroups(named: lab.lab.name).isEmpty)
            #expect(!processes.contains(where: Machine.isAlive))
        }

        @Test func aLabInUseIsLeftAlone() throws {
            let lab = try KernelLab(pods: 2)
            _ = try Lab(nodes: ["next"])
            let exchanges = try lab.talk(lab.everyPair())
            #expect(exchanges.count == 2)
            #expect(exchanges.allSatisfy { $0.failure == nil })
        }

        @Test func aTestProgramThatDiesTakesItsLabAlong() throws {
            // Another program opens a lab as this one does, and is killed: it holds the lab's input, and nobody else.
            let request = #"{"do": "open", "number": 1, "nodes": ["orphan"]}"#
            let script = """
                folder=$(mktemp -d) && mkfifo $folder/input
                /usr/bin/python3 -E -s -B \(LabProgram.source.path) <$folder/input >$folder/output & program=$!
                (exec 8>$folder/input; echo '\(request)' >&8; exec sleep 1000) >/dev/null 2>&1 & holder=$!
                for try in $(seq 1000); do [ -s $folder/output ] && break; sleep 0.01; done
                cat $folder/output
                kill -9 $holder
                wait $program && rm -r $folder
                """
            let said = try Machine.shell(script)
            let node = try #require(said.firstMatch(of: /"name": "orphan", "pid": (\d+)/).flatMap { Int32($0.1) })
            let name = try #require(said.firstMatch(of: /portolan-lab-[\d-]+/)).0
            #expect(try Machine.controlGroups(named: String(name)).isEmpty)
            #expect(!Machine.isAlive(node))
        }
    }
}
