import Addressing
import Containers
import Graph
import Layout
import Terminal

extension HealthText {
    /// Who is known how surely, as the graph has them.
    var identity: Fact {
        var (containers, ambiguous, unknown) = (0, 0, 0)
        for (key, endpoint) in snapshot.graph.endpoints {
            switch key.kind {
            case .container:
                containers += 1
                if endpoint.isAmbiguous { ambiguous += 1 }
            case .namespace, .address, .vacant: unknown += 1
            default: break
            }
        }
        let here = snapshot.inventory.namespaces.reduce(0) { $0 + $1.containers.count }
        guard here > 0 || containers > 0 else {
            return Fact("identity", ["who has which address is \(AmountText.unknown): no containers"], .unknown)
        }
        let words = [
            "\(here) containers here", "seen \(containers - ambiguous) certain, \(ambiguous) ambiguous",
            "\(unknown) addresses of nobody known",
        ]
        return Fact("identity", words, ambiguous > 0 ? .unwell : .well)
    }

    var remarks: [Fact] {
        var facts = snapshot.remarks.map { Fact("remark", [$0], .unwell) }
        if let fault = snapshot.fault { facts.insert(Fact("fault", [fault], .unwell), at: 0) }
        return facts
    }

    var store: [Fact] {
        guard let store = health.store else { return [Fact("store", ["nothing is kept"])] }
        let words = [
            store.path, "\(AmountText.count(store.written)) written", "\(AmountText.count(store.waiting)) waiting",
            "\(AmountText.count(store.lost)) lost",
        ]
        var facts = [Fact("store", words, store.fault == nil && store.lost == 0 ? .well : .unwell)]
        if let fault = store.fault { facts.append(Fact("", [fault], .unwell)) }
        return facts
    }

    var process: [Fact] {
        let processor = health.processor.map { "CPU \(AmountText.share($0)) of a core" } ?? "CPU \(AmountText.unknown)"
        let memory = "memory \(health.residentBytes.map { AmountText.bytes($0) } ?? AmountText.unknown)"
        let threads = "threads \(health.threads.map { "\($0)" } ?? AmountText.unknown)"
        let descriptors = "open files \(health.descriptors.map { "\($0)" } ?? AmountText.unknown)"
        var words = [processor, memory, threads, descriptors]
        if let started = health.started { words.append("since \(TimeText.clock(started, zone: zone))") }
        if let version = health.version { words.append("version \(version)") }
        return [Fact("process", words)]
    }

    /// Hosts between which packets go whose contents nobody here can read.
    var blindSpots: [Fact] {
        let blind = snapshot.graph.tunnelEnds.values.filter(\.carriesEncrypted).sorted { $0.address < $1.address }
        var facts = blind.prefix(Self.blindLimit).map { end in
            let kinds = end.tunnels.isEmpty ? "" : " (\(end.tunnels.joined(separator: ", ")))"
            return Fact("blind", ["\(end.address) carries encrypted packets\(kinds): contents not seen"], .unwell)
        }
        if blind.count > Self.blindLimit {
            facts.append(Fact("blind", ["\(blind.count - Self.blindLimit) more such hosts"], .unwell))
        }
        if blind.isEmpty { facts.append(Fact("blind", ["no encrypted tunnels seen"])) }
        return facts
    }

    private static var blindLimit: Int { 32 }

    func chart(_ figures: LayoutFigures?, _ milliseconds: Double?) -> Fact {
        guard let figures else { return Fact("chart", ["not drawn yet"]) }
        var words = [
            "\(figures.rows) rows \(figures.edgesDrawn) edges", "\(figures.edgesDocked) docked",
            "\(figures.edgesHidden) hidden",
            "\(figures.tracks) tracks", "\(figures.gaps) gaps", "\(figures.merges) merges", "\(figures.backEdges) back",
            "moved \(figures.movedRows)", "\(figures.changedCells) cells",
        ]
        if let milliseconds { words.append("\((milliseconds * 10).rounded() / 10) ms") }
        return Fact("chart", words)
    }

    /// `flows          ━━━━━━━────────────  327 of 1,000`
    func tables(width: Int, _ glyphs: GlyphSet) -> [TextLine] {
        let widths = DisplayWidth()
        let longest = min(health.tables.map { widths.of($0.name) }.max() ?? 0, max(width / 3, 8))
        let bar = max(min(width - longest - 34, 40), 0)
        let (full, empty) = glyphs == .unicode ? ("━", "─") : ("=", "-")
        return health.tables.map { table in
            let space = String(repeating: " ", count: max(longest - widths.of(table.name), 0))
            guard let limit = table.limit, limit > 0 else {
                return TextLine("   \(table.name)\(space)  \(AmountText.count(table.count))")
            }
            let share = min(Double(table.count) / Double(limit), 1)
            let filled = share > 0 ? max(Int((Double(bar) * share).rounded(.down)), min(bar, 1)) : 0
            let isNearlyFull = share >= 0.9
            return TextLine([
                ("   \(table.name)\(space)  ", .plain),
                (String(repeating: full, count: filled), isNearlyFull ? .warning : .heading),
                (String(repeating: empty, count: bar - filled), .quiet),
                ("  \(AmountText.count(table.count)) of \(AmountText.count(limit))", .plain),
                (isNearlyFull ? "  ! nearly full" : "", .warning),
            ])
        }
    }
}
