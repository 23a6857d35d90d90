import Foundation
import Support

/// The image that containers of a lab run: a static busybox with all its applets, and a page to serve in /www.
enum BoxImage {
    static let name = "portolan.test/box:1"

    /// Makes it in a folder of a node; returns the path of the docker-archive in it.
    static func make(on node: Node) throws -> String {
        let script = SharedCaptures.project.appendingPathComponent("Tests/LiveTests/Programs/image.sh")
        try node.output(of: "sh", script.path, "/run/box")
        return "/run/box/image.tar"
    }
}
