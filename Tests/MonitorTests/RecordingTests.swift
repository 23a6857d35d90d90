import Addressing
import Capture
import Containers
import Flows
import Foundation
import Pipeline
import Records
import Support
import Testing

@testable import Monitor

/// A pipeline is told things, and a replay of what was written down concludes the same, byte for byte.
@Suite("Recordings")
struct RecordingTests {
    private static let host = NetworkNamespace(inode: 4_026_531_840)

    private static func container(_ number: Int) -> Container {
        var container = Container(
            key: ContainerKey(identifier: String(repeating: "\(number)", count: 64), generation: 1)
        )
        container.namespace = NetworkNamespace(inode: 4_026_532_000 + UInt64(number))
        container.description.name = number == 2 ? "evil\u{1b}[31m <b>'; \u{202e}" : "pod-\(number)"
        container.description.runtime = .docker
        return container
    }

    /// The host with an interface for each index that the capture has, one in two of which leads to a container.
    private static func changes(at time: Timestamp) -> [JournalEntry] {
        var changes: [JournalEntry.Change] = [.host(host, name: "node")]
        for index in 1...12 {
            var interface = Interface(key: InterfaceKey(namespace: host, index: UInt32(index)), name: "veth\(index)")
            interface.kind = "veth"
            if index % 2 == 0 {
                let inside = NetworkNamespace(inode: 4_026_532_000 + UInt64(index))
                interface.peer = InterfaceKey(namespace: inside, index: 2)
                var other = Interface(key: InterfaceKey(namespace: inside, index: 2), name: "eth0")
                other.peer = interface.key
                changes.append(.interface(other))
                changes.append(
                    .address(other.key, .v4(IPv4Address(bits: 0x0a00_0000 + UInt32(index))), prefixLength: 24)
                )
                changes.append(.container(container(index)))
            }
            changes.append(.interface(interface))
        }
        return changes.map { JournalEntry(time: time, change: $0) }
    }

    /// Tells a pipeline all kinds of things between the frames of a capture, and writes that down; returns what it concluded.
    static func record(_ settings: RecordingSettings) throws -> [UInt8] {
        let recorder = try Recorder(settings)
        let writer = JSONRecordWriter(selection: .all)
        var own = PipelineSettings()
        own.sockets = .asked
        own.flows.reportsUpdates = true
        var pipeline = Pipeline(settings: own, sink: writer)
        pipeline.log = recorder
        pipeline.watch(host, interface: 0)
        var capture = try CaptureMerge(paths: [SharedCaptures.own.appendingPathComponent("shop/shop-any.pcap").path])
        var turn = 0
        var time = Timestamp(nanoseconds: 0)
        while try capture.advance() {
            let batch = capture.batch
            time = batch.frames[batch.frames.count - 1].time
            if turn == 1 { pipeline.change(changes(at: batch.frames[0].time)) }
            if turn % 5 == 2 { pipeline.advance(to: Timestamp(nanoseconds: batch.frames[0].time.nanoseconds + -1000)) }
            pipeline.frames(batch)
            // A time that is ahead of frames to come, too.
            if turn % 3 == 0 { pipeline.advance(to: Timestamp(nanoseconds: time.nanoseconds + 2_000_000)) }
            for question in pipeline.takeQuestions() {
                if turn % 2 == 0 {
                    pipeline.giveUp(question)
                } else {
                    var socket = ConnectionSocket(key: question.key, since: question.since)
                    socket.process = SocketProcess(identifier: 7, name: "nginx", executable: "/usr/sbin/nginx")
                    pipeline.change(JournalEntry(time: time, change: .socket(socket)))
                }
            }
            if turn == 4 { pipeline.change(JournalEntry(time: time, change: .containerEnded(container(4).key))) }
            if turn == 6 { pipeline.setDetail(FlowDetailLevel(updateInterval: 60, inspects: false)) }
            if turn == 8 { pipeline.setDetail(FlowDetailLevel(updateInterval: 60, inspects: true)) }
            turn += 1
        }
        pipeline.advance(to: Timestamp(nanoseconds: time.nanoseconds + 70_000_000_000))
        pipeline.finish()
        try recorder.finish()
        #expect(turn > 10)
        #expect(recorder.leftOut == 0)
        return writer.bytes
    }

    /// What a replay concludes, and what it remarks.
    static func replay(_ paths: [String]) throws -> (told: [UInt8], remarks: [String]) {
        let writer = JSONRecordWriter(selection: .all)
        var settings = PipelineSettings()
        settings.flows.reportsStarts = true
        settings.flows.reportsUpdates = true
        var replay = try Replay(paths: paths, filter: nil, settings: settings, sink: writer)
        try replay.run { _ in true }
        return (writer.bytes, replay.remarks)
    }

    static func inFolder(_ body: (String) throws -> Void) throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("portolan-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: url) }
        try body(url.path)
    }

    static func files(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map { "\(folder)/\($0)" }
    }

    static func lines(_ bytes: [UInt8]) -> [String] {
        String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// The first lines that differ; nil where all are the same.
    private static func difference(_ left: [UInt8], _ right: [UInt8]) -> String? {
        let (left, right) = (lines(left), lines(right))
        for (index, (one, other)) in zip(left, right).enumerated() where one != other {
            return "line \(index):\n\(one)\n\(other)"
        }
        return left.count == right.count ? nil : "\(left.count) lines and \(right.count)"
    }

    @Test func aRecordingHasItsOwnOrderAndNoOtherClock() throws {
        try Self.inFolder { folder in
            var settings = RecordingSettings(path: "\(folder)/trace.pcapng", application: "a test")
            settings.fileSize = 20_000
            _ = try Self.record(settings)
            let paths = try Self.files(in: folder)
            #expect(paths.count > 1)
            #expect(throws: AlignmentFailure.recording(paths[0])) { try ClockAlignment(paths: paths) }
            #expect(throws: AlignmentFailure.recording(paths[0])) {
                let shifts = [paths[1]: ClockShift(offset: 1)]
                _ = try Replay(
                    paths: paths,
                    filter: nil,
                    shifts: shifts,
                    settings: PipelineSettings(),
                    sink: JSONRecordWriter(selection: .all)
                )
            }
        }
    }

    @Test func aReplayConcludesTheSame() throws {
        try Self.inFolder { folder in
            let path = "\(folder)/trace.pcapng"
            let told = try Self.record(RecordingSettings(path: path, application: "a test"))
            let (again, remarks) = try Self.replay([path])
            #expect(Self.lines(told).contains { $0.contains("\"container\"") })
            #expect(Self.difference(again, told) == nil)
            #expect(remarks == [])
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == 0o640)
        }
    }

    @Test func aRingConcludesTheSameInAnyOrder() throws {
        try Self.inFolder { folder in
            var settings = RecordingSettings(path: "\(folder)/ring.pcapng", application: "a test")
            settings.fileSize = 60_000
            let told = try Self.record(settings)
            let files = try Self.files(in: folder)
            #expect(files.count > 3)
            #expect(files.first == "\(folder)/ring-00001.pcapng")
            let (again, remarks) = try Self.replay(files.reversed())
            #expect(Self.difference(again, told) == nil)
            #expect(remarks == [])
            // Each by itself knows who was who.
            let last = try Self.replay([try #require(files.last)])
            #expect(Self.lines(last.told).contains { $0.contains("\"container\"") })
            #expect(last.remarks == [])
            let gap = try Self.replay([files[0], files[2]])
            #expect(gap.remarks.first == "1 files of the recording lack between the others")
        }
    }

    @Test func onlyTheNewestFilesStay() throws {
        try Self.inFolder { folder in
            var settings = RecordingSettings(path: "\(folder)/ring", application: "a test")
            settings.fileSize = 30_000
            settings.files = 2
            _ = try Self.record(settings)
            let files = try Self.files(in: folder)
            #expect(files.count == 2)
            #expect(files.allSatisfy { !$0.hasSuffix("-00001") })
        }
    }

    @Test func anotherRunGoesOnBehindTheFilesOfTheOneBefore() throws {
        try Self.inFolder { folder in
            var settings = RecordingSettings(path: "\(folder)/ring.pcapng", application: "a test")
            settings.fileSize = 60_000
            _ = try Self.record(settings)
            let before = try Self.files(in: folder)
            for path in before.dropLast() { try FileManager.default.removeItem(atPath: path) }
            // What is called otherwise does not count.
            for name in ["ring-99999.pcap", "ring-x0000.pcapng", "other-99999.pcapng", "ring-7.pcapng"] {
                try Data().write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
            }
            let told = try Self.record(settings)
            let last = try #require(before.last)
            let own = try Self.files(in: folder).filter {
                $0.hasSuffix(".pcapng") && $0 > last && $0.contains("/ring-0")
            }
            #expect(own.count == before.count)
            #expect(own.first == settings.path(of: UInt32(before.count) + 1))
            // Named twice, or beside one that nothing was written to, it is the same.
            let empty = "\(folder)/ring-7.pcapng"
            let (again, remarks) = try Self.replay(own + [own[0], empty])
            #expect(Self.difference(again, told) == nil)
            #expect(remarks == [])
        }
    }

    @Test func nothingIsWrittenOver() throws {
        try Self.inFolder { folder in
            let path = "\(folder)/trace.pcapng"
            try Data([1, 2, 3]).write(to: URL(fileURLWithPath: path))
            #expect(throws: RecordingFailure(path: path, code: EEXIST)) {
                _ = try Recorder(RecordingSettings(path: path, application: "a test"))
            }
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data([1, 2, 3]))
        }
    }

    @Test func aRecordingIsReadByItself() throws {
        try Self.inFolder { folder in
            let path = "\(folder)/trace.pcapng"
            _ = try Self.record(RecordingSettings(path: path, application: "a test"))
            let foreign = SharedCaptures.own.appendingPathComponent("shop/shop-node-a.pcap").path
            #expect(throws: RecordingMixture(path: foreign)) { _ = try Self.replay([path, foreign]) }
        }
    }

    /// Whatever is changed in a recording, a replay ends and says one line for each thing.
    @Test func whatIsDamagedIsPassedOver() throws {
        try Self.inFolder { folder in
            let path = "\(folder)/trace.pcapng"
            _ = try Self.record(RecordingSettings(path: path, application: "a test"))
            let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
            var numbers = SeededNumbers(seed: 7)
            for round in 0..<30 {
                var changed = bytes
                for _ in 0..<(1 + round % 4) {
                    // Notes mostly stand in front.
                    let place = Int(numbers.next() % UInt64(round % 2 == 0 ? 12_000 : bytes.count))
                    changed[place] ^= UInt8(truncatingIfNeeded: numbers.next() | 1)
                }
                if round % 5 == 0 { changed = Array(changed[..<Int(numbers.next() % UInt64(bytes.count))]) }
                let damaged = "\(folder)/damaged.pcapng"
                try Data(changed).write(to: URL(fileURLWithPath: damaged))
                let result = try? Self.replay([damaged])
                #expect(result?.remarks.allSatisfy { !$0.contains("\n") } ?? true)
            }
        }
    }
}
