import CLinux
import Capture
import Glibc
import Privilege
import Testing

@Suite("Live capture error")
struct LiveCaptureErrorTests {
    @Test(
        arguments: [
            (.noSuchInterface, "cannot capture on eth9: no such interface; ip link lists them"),
            (.notUp, "cannot capture on eth9: it is down; bring it up with ip link set NAME up"),
            (
                .notPermitted(capability: "CAP_NET_RAW"),
                "cannot capture on eth9: not permitted; run as root or give the program CAP_NET_RAW"
            ),
            (
                .bufferSize(1),
                "cannot capture on eth9: no buffer of 1 bytes; from 512 KiB to 1 GiB are possible as far as memory allows"
            ),
            (
                .snapshotLength(1),
                "cannot capture on eth9: no snapshot length of 1 bytes; from 64 to 262144 are possible"
            ),
            (.system("some words"), "cannot capture on eth9: some words"),
            (
                .filter(CaptureFilterError(expression: "prot", reason: "syntax error")),
                "cannot use the filter \"prot\": syntax error; pcap-filter(7) describes the language (on eth9)"
            ),
        ] as [(LiveCaptureError.Reason, String)]
    )
    func saysWhatAndWhatToDo(reason: LiveCaptureError.Reason, text: String) {
        #expect("\(LiveCaptureError(interface: "eth9", reason: reason))" == text)
    }

    @Test func staysOneLineWhateverTheInterfaceIsCalled() {
        #expect(
            "\(LiveCaptureError(interface: "a\n\u{1b}b", reason: .system("x")))"
                == "cannot capture on a\u{fffd}\u{fffd}b: x"
        )
    }

    @Test(arguments: [(511 << 10), (1 << 30) + 1, -1, 0, .max])
    func refusesABufferThatNoneShouldAskFor(size: Int) {
        var options = LiveOptions()
        options.bufferSize = size
        #expect(throws: LiveCaptureError(interface: "lo", reason: .bufferSize(size))) {
            _ = try LiveCapture(interface: "lo", options: options, number: 0)
        }
    }

    @Test(arguments: [63, 262_145, -1, .min])
    func refusesASnapshotLengthThatLibpcapWouldTakeForAnother(length: Int) {
        var options = LiveOptions()
        options.snapshotLength = length
        #expect(throws: LiveCaptureError(interface: "lo", reason: .snapshotLength(length))) {
            _ = try LiveCapture(interface: "lo", options: options, number: 0)
        }
    }

    @Test(
        .enabled(if: LiveNamespace.isPossible, LiveNamespace.reason),
        arguments: [
            "v9", "", "v1 ", "v1\0", "../v1", "%s%n", "a name far too long for a device", "\u{1f980}",
            "nflog", "usbmon0", "bluetooth0", "dbus-system", "netmap:v1", "bluetooth-monitor", "nfqueue",
        ]
    )
    func tellsThatThereIsNoSuchInterface(name: String) throws {
        let namespace = try LiveNamespace()
        #expect(throws: LiveCaptureError(interface: name, reason: .noSuchInterface)) { _ = try namespace.capture(name) }
    }

    @Test(.enabled(if: LiveNamespace.isPossible, LiveNamespace.reason))
    func tellsThatItIsDown() throws {
        let namespace = try LiveNamespace()
        try namespace.ip("link set v1 down")
        #expect(throws: LiveCaptureError(interface: "v1", reason: .notUp)) { _ = try namespace.capture("v1") }
    }

    @Test(.enabled(if: LiveNamespace.isPossible, LiveNamespace.reason), arguments: ["v1", "any"])
    func tellsWhichCapabilityLacks(interface: String) throws {
        let namespace = try LiveNamespace()
        // Of this thread only; it ends with the test.
        #expect(namespace.thread.perform { CLinux_keepCapabilities(~(1 << 13)) } == 0)
        let reason = LiveCaptureError.Reason.notPermitted(capability: "CAP_NET_RAW")
        #expect(throws: LiveCaptureError(interface: interface, reason: reason)) {
            _ = try namespace.capture(interface)
        }
    }

    @Test(.enabled(if: LiveNamespace.isPossible, LiveNamespace.reason), arguments: ["v1", "any"])
    func needsNoOtherCapability(interface: String) throws {
        let namespace = try LiveNamespace()
        #expect(namespace.thread.perform { CLinux_keepCapabilities(1 << 13) } == 0)
        let capture = try namespace.capture(interface)
        #expect(capture.ending == nil)
    }

    @Test(
        .enabled(if: LiveNamespace.isPossible, LiveNamespace.reason),
        arguments: [
            ("v1", "udp prot 53", "syntax error"), ("any", "udp prot 53", "syntax error"),
            ("any", "ether broadcast", ""),
        ]
    )
    func keepsLibpcapsWordsForAFilter(interface: String, expression: String, words: String) throws {
        let namespace = try LiveNamespace()
        let error = #expect(throws: LiveCaptureError.self) {
            _ = try namespace.capture(interface) { $0.filter = expression }
        }
        guard case .filter(let filter)? = error?.reason else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(filter.expression == expression)
        #expect(!filter.reason.isEmpty && filter.reason.contains(words))
    }
}
