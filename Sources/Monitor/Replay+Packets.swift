import Containers
import Glibc
package import Pipeline

/// Packets besides what follows from them.
extension Replay {
    /// From now on hands the packets of flows that it wants to `tap`.
    package mutating func hand(packetsTo tap: any PacketTap) { pipeline.tap = tap }

    /// Has written down what the frames carry: all of them, or those of the flows it wants. Before the first is read.
    package mutating func write(to decapsulation: InnerFrames) {
        self.decapsulation = decapsulation
        pipeline.log = decapsulation
        if decapsulation.isChoosing { pipeline.tap = decapsulation }
    }

    /// The first of the inputs that can be read only once: standard input, a pipe; nil where all can be read again.
    package static func unrepeatable(_ paths: [String]) -> String? {
        // What is not there is for whoever opens it to say.
        paths.first { $0 == "-" || KernelFiles.mode(of: $0).map { $0 & S_IFMT != S_IFREG } ?? false }
    }
}
