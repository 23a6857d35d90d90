/// The blocks that describe: sections, interfaces, names and statistics.
extension PcapngBlocks {
    mutating func readSectionHeader(_ body: RawSpan) -> String? {
        guard body.byteCount >= 16 else { return "a section header of \(body.byteCount) bytes" }
        let major = byteOrder.load(UInt16.self, body, at: 4)
        guard major == 1 else { return "a section of pcapng version \(major)" }
        sectionInterfaces.removeAll(keepingCapacity: true)
        firstInterface = interfaces.count
        countComments(body.extracting(droppingFirst: 16))
        return nil
    }

    mutating func readInterface(_ body: RawSpan) {
        guard interfaces.count < CaptureBounds.interfaces else {
            counts.interfacesRefused &+= 1
            return
        }
        if body.byteCount < 8 { counts.damagedBlocks &+= 1 }
        let description = InterfaceDescription(body, byteOrder)
        counts.comments &+= description.comments
        interfaces.append(description.interface)
        sectionInterfaces.append(
            PcapngInterface(
                linkType: description.interface.linkType,
                snapLength: description.interface.snapLength,
                resolution: description.resolution
            )
        )
    }

    mutating func readNames(_ body: RawSpan) {
        var records = NameResolutionRecords(body, byteOrder)
        while let record = records.next() {
            var rest = record.names
            while let (name, after) = records.name(in: rest) {
                rest = after
                guard names.count < CaptureBounds.names else {
                    counts.namesRefused &+= 1
                    continue
                }
                names.append(ResolvedName(address: record.address, name: name))
            }
        }
        countComments(body.extracting(droppingFirst: records.offset))
    }

    mutating func readStatistics(_ body: RawSpan) {
        guard let statistics = InterfaceStatistics(body, byteOrder) else {
            counts.damagedBlocks &+= 1
            return
        }
        counts.comments &+= statistics.comments
        guard statistics.interface < sectionInterfaces.count else { return }
        statistics.update(&interfaces[firstInterface + Int(statistics.interface)])
    }

    mutating func countComments(_ bytes: RawSpan) {
        var options = PcapngOptions(bytes, byteOrder)
        while let option = options.next() {
            if option.code == PcapngOptions.comment { counts.comments &+= 1 }
        }
    }
}
