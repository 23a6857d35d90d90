import Glibc
import Testing

@testable import Netlink

@Suite("Netlink errors") struct NetlinkErrorTests {
    @Test func sayWhatWasDoneAndWhatStoodInTheWay() {
        let said = { (error: NetlinkError) in error.description }
        #expect(said(.system(operation: "x", code: EPERM)) == "cannot x: Operation not permitted")
        #expect(said(.refused(operation: "x", code: EINVAL, message: nil)) == "cannot x: Invalid argument")
        #expect(said(.refused(operation: "x", code: EINVAL, message: "why")) == "cannot x: Invalid argument: why")
        #expect(said(.absent(operation: "x")) == "cannot x: this kernel lacks it")
        #expect(said(.interrupted(operation: "x", tries: 8)) == "cannot x: it changed each of 8 times")
        #expect(said(.malformed(operation: "x")) == "cannot x: the kernel's answer does not hold together")
    }

    @Test func tellALackingCapabilityFromALackingKernel() {
        #expect(NetlinkError.system(operation: "x", code: EPERM).isDenied)
        #expect(NetlinkError.refused(operation: "x", code: EPERM, message: nil).isDenied)
        #expect(NetlinkError.refused(operation: "x", code: EACCES, message: nil).isDenied)
        #expect(!NetlinkError.absent(operation: "x").isDenied)
        #expect(!NetlinkError.refused(operation: "x", code: ENOENT, message: nil).isDenied)
    }
}
