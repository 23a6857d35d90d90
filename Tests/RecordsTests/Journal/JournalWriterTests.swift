import Addressing
import Containers
import Foundation
import Records
import Testing

@Suite("Journal writer")
struct JournalWriterTests {
    private func lines(_ changes: JournalEntry.Change...) -> [String] {
        var writer = JournalWriter()
        for change in changes { writer.write(JournalEntry(time: Timestamp(nanoseconds: 1), change: change)) }
        return String(decoding: writer.bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private func actions(_ changes: JournalEntry.Change...) -> [String] {
        var writer = JournalWriter()
        for change in changes { writer.write(JournalEntry(time: Timestamp(nanoseconds: 1), change: change)) }
        return String(decoding: writer.bytes, as: UTF8.self).matches(of: /"action":"(\w+)"/).map { String($0.1) }
    }

    @Test func writesAContainerWithItsKeysInOrder() {
        let expected =
            #"{"@timestamp":"1970-01-01T00:00:00.000000001Z","event":{"kind":"state","action":"container_started"},"#
            + #""portolan":{"change":"container"},"container":{"id":"0123abcd","generation":2,"#
            + #""netns":4026531840,"cgroup":"/docker/0123abcd","cgroup_id":18446744073709551615,"pid":4711,"#
            + #""started":"2023-11-14T22:13:21.000000000Z","#
            + #""runtime":"cri-o","name":"web \"1\"\n\u202e","image":{"name":"registry:5000/web:1.0"},"#
            + #""labels":{"":"nameless","a.b/c":"é","app":"web","empty":""},"pod":"web-7f","namespace":"shop","#
            + #""pod_id":"8a6e","created":"2023-11-14T22:13:20.123456789Z","creator":"shop/web","owner":"team é","#
            + #""role":"front\tend","sandbox":true,"network_of":"feed","networks":["bridge","é"],"published":[{"iana_number":17,"ip":"172.17.0.2","#
            + #""port":5353,"container_port":53}],"host_network":true}}"#
        #expect(lines(.container(JournalEntries.full)) == [expected])
    }

    @Test func writesATranslation() {
        let expected =
            #"{"@timestamp":"1970-01-01T00:00:00.000000001Z","event":{"kind":"state","action":"identity_changed"},"#
            + #""portolan":{"change":"translation_gone"},"network":{"iana_number":17,"transport":"udp"},"#
            + #""translation":{"netns":4026531840,"#
            + #""original":{"source":{"ip":"fd00::2","port":50000},"destination":{"ip":"172.17.0.2","port":8080}},"#
            + #""reply":{"source":{"ip":"172.17.0.2","port":0},"destination":{"ip":"fd00::2","port":65535}}}}"#
        #expect(lines(.translationGone(JournalEntries.translation)) == [expected])
    }

    @Test func writesASocket() {
        let expected =
            #"{"@timestamp":"1970-01-01T00:00:00.000000001Z","event":{"kind":"state","action":"identity_changed"},"#
            + #""portolan":{"change":"socket"},"network":{"iana_number":6,"transport":"tcp"},"#
            + #""socket":{"netns":4026531840,"local":{"ip":"172.17.0.2","port":40000},"#
            + #""remote":{"ip":"fd00::2","port":443},"since":"2023-11-14T22:13:20.000000001Z","cgroup_id":99},"#
            + #""container":{"id":"0123abcd","generation":2},"#
            + #""process":{"pid":12,"name":"curl \"x\"","executable":"/usr/bin/curl"}}"#
        #expect(lines(.socket(JournalEntries.socket)) == [expected])
    }

    @Test func whatIsNotKnownIsAbsent() {
        let line = lines(.container(Container(key: JournalEntries.container)))[0]
        #expect(line.hasSuffix(#""container":{"id":"0123abcd","generation":2}}"#))
    }

    @Test func aContainerStartsOnceAndThenChanges() {
        let container = JournalEntries.full
        let found = actions(
            .container(container),
            .container(container),
            .containerEnded(container.key),
            .container(container),
            .listener(JournalEntries.listener),
            .listenerClosed(JournalEntries.listener),
            .interfaceGone(JournalEntries.key)
        )
        #expect(
            found == [
                "container_started", "identity_changed", "container_stopped", "container_started", "listener_opened",
                "listener_closed", "identity_changed",
            ]
        )
    }

    @Test func theHostsNameIsOnEveryLineAfterIt() {
        let found = lines(
            .interfaceGone(JournalEntries.key),
            .host(JournalEntries.namespace, name: "node-a"),
            .interfaceGone(JournalEntries.key)
        )
        #expect(!found[0].contains("host"))
        #expect(found[1].contains(#""host":{"name":"node-a","netns":4026531840}"#))
        #expect(found[2].contains(#""host":{"name":"node-a"}"#))
    }

    @Test func everyLineIsAnObjectForOthersToo() throws {
        let lines = JournalEntries.text.split(separator: 0x0a)
        #expect(lines.count == JournalEntries.all.count)
        for line in lines {
            let object = try #require(try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
            #expect(object["@timestamp"] is String)
            #expect((object["event"] as? [String: Any])?["kind"] as? String == "state")
        }
    }

    @Test func drainsAndForgets() {
        var writer = JournalWriter()
        for entry in JournalEntries.all { writer.write(entry) }
        let expected = writer.bytes
        var drained: [UInt8] = []
        writer.drain { piece in for index in piece.indices { drained.append(piece[index]) } }
        #expect(drained == expected)
        #expect(writer.count == 0)
    }

    /// Every word of `portolan.change`, and every key, stands in the page.
    @Test func everyKeyIsDocumented() throws {
        let page = try String(contentsOf: SharedPage.records, encoding: .utf8)
        let text = String(decoding: JournalEntries.text, as: UTF8.self)
        for match in text.matches(of: /"change":"(\w+)"/) { #expect(page.contains("`\(match.1)`"), "\(match.1)") }
        for key in [
            "network_of", "host_network", "networks", "cgroup_id", "tunnel_port", "prefix_length", "pod_id", "sandbox",
            "started", "published", "container_port", "socket.{local,remote}", "socket.since",
        ] {
            #expect(page.contains(key), "\(key)")
        }
    }
}
