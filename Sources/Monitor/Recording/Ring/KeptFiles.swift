import CLinux
import Containers

/// Files of a ring that are kept, by number, and under which names. At most `RingSettings.keptLimit`, as whoever adds one sees to.
struct KeptFiles {
    struct File {
        var bytes: Int
        var names: Set<String> = []
    }

    private(set) var files: [UInt32: File] = [:]
    /// Of all of them.
    private(set) var bytes = 0

    init() {}

    /// What lies in the folders below `cases`.
    init(in settings: RingSettings) {
        guard var entries = try? DirectoryNames("\(settings.cases)/.", in: CLinux_currentDirectory()) else { return }
        let names = RecordingSettings(ring: settings)
        while let (name, _) = entries.next() {
            guard RingSettings.isName(name) else { continue }
            for file in RingFile.left(in: "\(settings.cases)/\(name)", names) { keep(file, under: name) }
        }
    }

    subscript(number: UInt32) -> File? { files[number] }

    mutating func keep(_ file: RingFile, under name: String) {
        if files[file.number] == nil {
            files[file.number] = File(bytes: file.bytes)
            bytes += file.bytes
        }
        files[file.number]?.names.insert(name)
    }

    /// More was written to it, if it is kept.
    mutating func grow(_ number: UInt32, by more: Int) {
        guard files[number] != nil else { return }
        files[number]?.bytes += more
        bytes += more
    }

    mutating func remove(_ number: UInt32) {
        if let file = files.removeValue(forKey: number) { bytes -= file.bytes }
    }

    mutating func remove(_ number: UInt32, under name: String) {
        files[number]?.names.remove(name)
        if files[number]?.names.isEmpty ?? false { remove(number) }
    }

    mutating func removeAll(under name: String) {
        for number in Array(files.keys) { remove(number, under: name) }
    }
}
