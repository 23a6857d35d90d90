import Foundation
import Support
import Testing

/// A way to wrap every packet of a capture again, such that its flows stay what they are: tunnels, tags, labels, links and
/// file formats, as `tools/encap.py` of the captures outside the project makes them.
struct Wrapping: Sendable, CustomTestStringConvertible {
    /// Modes of the script, the innermost first.
    var modes: String

    var testDescription: String { modes }

    static let all = (tunnels + nested + shims + links + formats).map(Self.init(modes:))

    private static let tunnels = [
        "vxlan", "vxlan:9:8472", "vxlan6:5", "geneve:70", "geneveopt:3", "genevel3:4", "gre", "grekey", "greseq",
        "gretap", "gre6", "auto", "auto6", "gtpu:99",
    ]

    private static let nested = [
        "vxlan:5,vxlan6:6", "gtpu,vxlan", "geneveopt,auto6", "vxlan:1,geneve:2,gre,auto", "gretap,genevel3,auto6,auto",
    ]

    private static let shims = [
        "mpls", "mpls:4", "vlan:5", "vlan:0", "qinq:100:200", "pppoe", "pppoe,qinq:1:2", "mpls:2,vlan:9",
        "vlan:1,vlan:2,vlan:3", "vxlan6:7,pppoe,vlan:4", "hbh", "hbh,dst,rh", "hbh,dst,rh,vxlan6:8",
    ]

    private static let links = [
        "lt=raw", "auto,lt=ipv4", "auto6,lt=ipv6", "lt=null", "lt=loop", "lt=sll", "lt=sll2", "lt=ppp",
    ]

    private static let formats = [
        "fmt=pcapbe", "fmt=pcapns", "fmt=pcapnsbe", "fmt=ng", "fmt=ngbe", "fmt=ngmulti",
        "vxlan6,lt=sll2,fmt=ngmulti", "genevel3,lt=ppp,fmt=pcapnsbe",
    ]

    /// Bytes that it adds to each IPv6 packet itself: extension headers of eight.
    var addedToIPv6: UInt64 {
        8 * UInt64(modes.split(separator: ",").count { ["hbh", "dst", "rh"].contains($0) })
    }

    /// Writes the wrapped capture to a new file, whose path it returns.
    func write(_ capture: URL) throws -> String {
        let wrapped = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).pcap")
        let python = Process()
        python.executableURL = URL(filePath: "/usr/bin/env")
        let script = SharedCaptures.folder.appending(path: "tools/encap.py")
        python.arguments = ["python3", script.path, modes, capture.path, wrapped.path]
        python.standardOutput = FileHandle.nullDevice
        try python.run()
        python.waitUntilExit()
        try #require(python.terminationStatus == 0)
        return wrapped.path
    }
}
