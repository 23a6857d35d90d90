#if CRI
import Containers
import SwiftProtobuf
import Testing

@testable import CRI

/// Bytes as a runtime sends them. Numbers of fields are those of k8s.io/cri-api, which these messages are a part of.
@Suite("CRI messages")
struct CRIMessageTests {
    private func text(_ field: UInt8, _ text: String) -> [UInt8] {
        [field << 3 | 2, UInt8(text.utf8.count)] + Array(text.utf8)
    }

    private func message(_ field: UInt8, _ parts: [UInt8]...) -> [UInt8] {
        let body = parts.flatMap { $0 }
        return [field << 3 | 2, UInt8(body.count)] + body
    }

    /// `ListContainersResponse` with every field that a containerd of 2026 sets.
    private var containers: [UInt8] {
        message(
            1,
            text(1, "c1"),  // id
            text(2, "s1"),  // pod_sandbox_id
            message(3, text(1, "app"), [2 << 3, 7]),  // metadata: name, attempt
            message(
                4,
                text(1, "sha256:1"),
                message(2, text(1, "k"), text(2, "v")),
                [0x92, 0x01, 5],
                Array("web:1".utf8)
            ),
            text(5, "sha256:2"),  // image_ref
            [6 << 3, 1],  // state
            [7 << 3, 0x80, 0x01],  // created_at: 128
            message(8, text(1, "app"), text(2, "cart")),  // labels
            message(9, text(1, "note"), text(2, "x")),  // annotations
            text(10, "sha256:3")  // image_id
        )
    }

    /// `ListPodSandboxResponse`, the same.
    private var pods: [UInt8] {
        message(
            1,
            text(1, "s1"),  // id
            // metadata: name, uid, namespace, attempt
            message(2, text(1, "cart-0"), text(2, "u1"), text(3, "shop"), [4 << 3, 1]),
            [3 << 3, 1],  // state
            [4 << 3, 0x02],  // created_at: 2
            message(5, text(1, "app"), text(2, "cart")),  // labels
            message(6, text(1, "note"), text(2, "x")),  // annotations
            text(7, "runc")  // runtime_handler
        )
    }

    private static let options: BinaryDecodingOptions = {
        var options = BinaryDecodingOptions()
        options.discardUnknownFields = true
        return options
    }()

    private func read<Answer: Message>(_ bytes: [UInt8], as type: Answer.Type = Answer.self) throws -> Answer {
        try Answer(serializedBytes: bytes, options: Self.options)
    }

    @Test func aContainerIsRead() throws {
        let list: Runtime_V1_ListContainersResponse = try read(containers)
        let container = try #require(list.containers.first)
        #expect(list.containers.count == 1)
        #expect(container.id == "c1" && container.podSandboxID == "s1")
        #expect(container.metadata.name == "app")
        #expect(container.image.image == "sha256:1" && container.image.userSpecifiedImage == "web:1")
        #expect(container.createdAt == 128)
        #expect(container.labels == ["app": "cart"])
    }

    @Test func aPodIsRead() throws {
        let list: Runtime_V1_ListPodSandboxResponse = try read(pods)
        let pod = try #require(list.items.first)
        #expect(list.items.count == 1)
        #expect(pod.id == "s1")
        #expect(pod.metadata.name == "cart-0" && pod.metadata.uid == "u1" && pod.metadata.namespace == "shop")
        #expect(pod.createdAt == 2)
        #expect(pod.labels == ["app": "cart"])
    }

    @Test func theNameOfTheRuntimeIsRead() throws {
        let bytes = text(1, "0.1.0") + text(2, "cri-o") + text(3, "1.30.0") + text(4, "v1")
        let version: Runtime_V1_VersionResponse = try read(bytes)
        #expect(version.runtimeName == "cri-o")
    }

    /// What is not read is not kept either, or annotations would take as much room as all else.
    @Test func whatIsNotReadIsForgotten() throws {
        let list: Runtime_V1_ListPodSandboxResponse = try read(pods)
        let again: [UInt8] = try list.serializedBytes()
        #expect(again.count < pods.count - 12)
        #expect(list.items.first?.unknownFields == UnknownStorage())
    }

    @Test func whatIsCutOffIsRefused() {
        for (whole, isPod) in [(containers, false), (pods, true)] {
            for length in 1..<whole.count {
                #expect(throws: BinaryDecodingError.self) {
                    if isPod {
                        _ = try read(Array(whole[..<length]), as: Runtime_V1_ListPodSandboxResponse.self)
                    } else {
                        _ = try read(Array(whole[..<length]), as: Runtime_V1_ListContainersResponse.self)
                    }
                }
            }
        }
    }

    @Test func anyBytesAreReadOrRefused() {
        var generator = SystemRandomNumberGenerator()
        for round in 0..<20_000 {
            var bytes = round.isMultiple(of: 2) ? containers : pods
            for _ in 0...Int.random(in: 0..<4, using: &generator) {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = .random(in: 0 ... .max, using: &generator)
            }
            let pods: Runtime_V1_ListPodSandboxResponse? = try? read(bytes)
            let containers: Runtime_V1_ListContainersResponse? = try? read(bytes)
            let told = CRIInventory(
                pods: pods ?? .init(),
                containers: containers ?? .init(),
                keys: .init(),
                runtime: nil
            )
            #expect(told.containers.count <= 2)
        }
    }
}
#endif
