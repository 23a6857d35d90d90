import Addressing
import Containers
import Foundation
import Testing

@testable import Runtimes

@Suite("Published ports")
struct EnginePortTests {
    /// What a list with one container of these ports tells, in words; nil where it tells nothing of ports.
    private func published(_ ports: String) throws -> [String]? {
        let text = #"{"Id":"abc","Ports":\#(ports)}"#
        let container = try JSONDecoder().decode(EngineContainer.self, from: Data(text.utf8))
        return container.description.published.map { list in
            list.map { "\($0.address):\($0.port)→\($0.containerPort)/\($0.protocolNumber)" }
        }
    }

    @Test func dockersAreTakenInOrderAndUnpublishedOnesLeftOut() throws {
        let ports = #"""
            [{"IP":"::","PrivatePort":80,"PublicPort":8080,"Type":"tcp"},
             {"PrivatePort":443,"Type":"tcp"},
             {"IP":"0.0.0.0","PrivatePort":80,"PublicPort":8080,"Type":"tcp"},
             {"IP":"127.0.0.1","PrivatePort":53,"PublicPort":53,"Type":"udp"}]
            """#
        #expect(try published(ports) == ["127.0.0.1:53→53/17", "0.0.0.0:8080→80/6", ":::8080→80/6"])
    }

    @Test func podmansMaySpanARangeAndSeveralProtocols() throws {
        let ports = #"""
            [{"host_ip":"","container_port":80,"host_port":8080,"range":2,"protocol":"tcp"},
             {"host_ip":"10.0.0.1","container_port":53,"host_port":53,"range":1,"protocol":"tcp,udp"}]
            """#
        #expect(
            try published(ports) == [
                "10.0.0.1:53→53/6", "10.0.0.1:53→53/17", "0.0.0.0:8080→80/6", "0.0.0.0:8081→81/6",
            ]
        )
    }

    @Test(arguments: [
        "[]", #"[{"PrivatePort":80}]"#, #"[{"IP":"x","PrivatePort":80,"PublicPort":1,"Type":"tcp"}]"#,
        #"[{"IP":"::","PrivatePort":80,"PublicPort":0,"Type":"tcp"}]"#,
        #"[{"IP":"::","PrivatePort":80,"PublicPort":70000,"Type":"tcp"}]"#,
        #"[{"IP":"::","PrivatePort":-1,"PublicPort":7,"Type":"tcp"}]"#,
        #"[{"IP":"::","PrivatePort":80,"PublicPort":1,"Type":"carrier pigeon"}]"#, "[7, null, \"a\"]",
    ])
    func whatIsNoPortIsPassedOver(ports: String) throws {
        #expect(try published(ports) == [])
    }

    @Test func aListWithoutPortsTellsNothingOfThem() throws {
        #expect(try published("null") == nil)
    }

    @Test func aRangeEndsWithThePorts() throws {
        let ports = #"[{"container_port":65534,"host_port":65530,"range":65535,"protocol":"tcp"}]"#
        #expect(try published(ports) == ["0.0.0.0:65530→65534/6", "0.0.0.0:65531→65535/6"])
    }

    @Test func keepsNoMoreThanSomeOfMany() throws {
        let range = #"{"container_port":1,"host_port":1,"range":60000,"protocol":"tcp"}"#
        #expect(try published("[\(range)]")?.count == RuntimeBounds.ports)
    }
}
