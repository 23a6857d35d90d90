/// What the files of a merge say beside their frames.
extension CaptureMerge {
    /// By the numbers that frames carry; the list grows while pcapng files are read.
    package var interfaces: [CaptureInterface] {
        // Asked for once a file and not once an interface: the list may be long.
        var described: [[CaptureInterface]] = []
        for index in 0..<sources.count { described.append(sources[index].reader.interfaces) }
        return origins.map { source, interface in
            var interface = described[source][interface]
            interface.file = source
            return interface
        }
    }

    /// What one of those numbers means, without listing all of them.
    package func interface(_ number: Int) -> CaptureInterface {
        let (source, place) = origins[number]
        var interface = sources[source].reader.interfaces[place]
        interface.file = source
        return interface
    }

    /// One for each file, in the order they were named.
    package var files: [CaptureFileReport] {
        var reports: [CaptureFileReport] = []
        for index in 0..<sources.count { reports.append(sources[index].reader.report) }
        return reports
    }

    /// Names the files give to addresses, in the order of the files.
    package var names: [ResolvedName] {
        var names: [ResolvedName] = []
        for index in 0..<sources.count { names += sources[index].reader.names }
        return names
    }

    /// The names that the files gave since the last call; mostly none, and then cheap.
    package mutating func takeNames() -> [ResolvedName] {
        var names: [ResolvedName] = []
        for index in 0..<sources.count { sources[index].takeNames(into: &names) }
        return names
    }

    /// Over all files; the size is `nil` when one of them is a pipe.
    package var position: CapturePosition {
        var sum = CapturePosition(bytesRead: 0, fileSize: 0)
        for index in 0..<sources.count {
            let position = sources[index].reader.position
            sum.bytesRead &+= position.bytesRead
            sum.fileSize = sum.fileSize.flatMap { known in position.fileSize.map { known &+ $0 } }
        }
        return sum
    }

    /// Link types that turned up and that the filter cannot be applied to, with libpcap's reason; none of their
    /// frames is delivered.
    package var filterRefusals: [UInt16: String] {
        switch filter {
        case .some(let filter): filter.refusals
        case .none: [:]
        }
    }
}

extension CaptureMerge {
    /// How many interfaces there are so far: cheap enough to ask after every batch.
    package var interfaceCount: Int { origins.count }
}
