import Foundation
import Support

/// Captures that the tests read: the project's own, and others' where they are there.
enum CaptureFiles {
    static let all = found(below: SharedCaptures.own) + found(below: SharedCaptures.folder)

    private static func found(below folder: URL) -> [String] {
        let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix(".pcap") || $0.hasSuffix(".pcapng") }.sorted()
            .map { folder.appending(path: $0).path }
    }
}
