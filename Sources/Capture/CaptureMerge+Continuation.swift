import Addressing

/// Captures that were cut into files, as rings of files and `editcap -c` leave them.
extension CaptureMerge {
    /// A file that begins where another ended goes on with its interfaces: what was one observation point stays one. It has to be called
    /// the same but for digits, which number or date such files, and nothing may overlap.
    mutating func beginFile(_ index: Int) {
        let time = sources[index].time
        let name = Self.series(sources[index].reader.path)
        for earlier in 0..<sources.count where earlier != index {
            guard sources[earlier].isOver, !sources[earlier].isContinued, let last = sources[earlier].last,
                last <= time,
                Self.series(sources[earlier].reader.path) == name
            else { continue }
            let (interfaces, numbers) = (sources[earlier].reader.interfaces, sources[earlier].interfaces)
            guard let first = interfaces.first, let own = sources[index].reader.interfaces.first,
                first.isDescribed(as: own)
            else { continue }
            sources[earlier].isContinued = true
            sources[index].goOn(interfaces, numbered: numbers)
            return
        }
    }

    /// What the files of one capture are called, all of them.
    private static func series(_ path: String) -> String {
        let name = path.split(separator: "/").last ?? ""
        return String(name.filter { !$0.isASCII || !$0.isNumber })
    }
}
