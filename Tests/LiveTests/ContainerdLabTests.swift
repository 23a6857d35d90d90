import Foundation
import Testing

extension Live {
    @Suite("containerd lab", .needs(.containerd))
    struct ContainerdLabTests {
        @Test func aPodHasASandboxAndAContainerInOneNamespace() throws {
            let lab = try ContainerdLab()
            let pod = try lab.containerd.runPod(
                "cart",
                labels: ["app": "cart"],
                command: ["httpd", "-f", "-p", "80", "-h", "/www"]
            )
            let node = lab.node
            #expect(pod.address.hasPrefix("10.85.0."))
            for (process, container) in [(pod.sandboxProcess, pod.sandbox), (pod.containerProcess, pod.container)] {
                let groups = try node.shell("cut -d : -f 3 /proc/\(process)/cgroup | sort -u")
                #expect(groups == "/kubepods/besteffort/pod\(pod.uid)/\(container)")
            }
            func network(_ process: Int32) throws -> String {
                try node.output(of: "readlink", "/proc/\(process)/ns/net")
            }
            #expect(try network(pod.sandboxProcess) == network(pod.containerProcess))
            #expect(try network(pod.sandboxProcess) != network(1))
            #expect(try node.output(of: "busybox", "wget", "-q", "-O", "-", "http://\(pod.address)/") == "served")
            #expect(try lab.containerd.ctr("containers", "info", pod.container).contains("\"app\": \"cart\""))
            try lab.containerd.removePod(pod)
            #expect(try node.run("ls", "/proc/\(pod.sandboxProcess)").status != 0)
        }

        @Test func aPodMayUseTheHostsNetwork() throws {
            let lab = try ContainerdLab()
            let pod = try lab.containerd.runPod("agent", usesHostNetwork: true)
            let own = try lab.node.output(of: "readlink", "/proc/1/ns/net")
            #expect(try lab.node.output(of: "readlink", "/proc/\(pod.containerProcess)/ns/net") == own)
        }
    }
}
