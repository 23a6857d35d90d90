import Addressing

/// Captures that were cut into files, as rings of files and `editcap -c` leave them.
extension CaptureMerge {
    /// A file that begins where another ended goes on with its interfaces: what was one observation point stays one. It has to lie in the
    /// same folder and be called the same but for digits, which number or date such files. Where it might go on with more than one, it
    /// goes on with none.
    mutating func beginFile(_ index: Int) {
        sources[index].hasBegun = true
        var found: Int?
        for earlier in 0..<sources.count where earlier != index && isContinued(earlier, by: index) {
            if found != nil { return }
            found = earlier
        }
        guard let found else { return }
        sources[found].isContinued = true
        sources[index].goOn(sources[found].reader.interfaces, numbered: sources[found].interfaces)
    }

    private func isContinued(_ earlier: Int, by index: Int) -> Bool {
        guard sources[earlier].isOver, !sources[earlier].isContinued, let last = sources[earlier].last,
            last <= sources[index].time,
            Self.series(sources[earlier].reader.path) == Self.series(sources[index].reader.path),
            let first = sources[earlier].reader.interfaces.first, let own = sources[index].reader.interfaces.first
        else { return false }
        return first.isDescribed(as: own)
    }

    /// What the files of one capture are called, all of them.
    private static func series(_ path: String) -> String {
        let name = path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex
        return path[..<name] + path[name...].filter { !$0.isASCII || !$0.isNumber }
    }
}
