import Containers
import Graph
import Records
import Terminal

/// What stands before a name, in two columns: the letter of a level, and a mark.
struct EndSign: Hashable, Sendable {
    var level: Level?
    var isOutside = false
    var mark: RowMark?

    /// The letter of the level; `○` outside, `·` where no level is known.
    func letter(_ glyphs: GlyphSet) -> String {
        if isOutside { return glyphs == .ascii ? "o" : "○" }
        return level.map { String($0.letter) } ?? (glyphs == .ascii ? "." : "·")
    }

    var role: Role {
        if isOutside { return .outside }
        guard let level else { return .plain }
        return level.isHighest ? .highestLevel : level.isLowest ? .lowestLevel : .middleLevel
    }

    /// Both columns, as pieces of a line.
    func pieces(_ glyphs: GlyphSet) -> [(String, Role)] {
        let markRole: Role =
            switch mark {
            case .alert, .blocked: .crossing
            case .unsure: .warning
            case .added: .new
            case .removed, nil: .plain
            }
        return [(letter(glyphs), role), (mark?.sign ?? " ", markRole)]
    }
}

/// Whoever knows of levels and alerts says here which ends have them; nobody does where it is empty.
struct EndSigns: Sendable {
    /// By the identifiers of containers.
    var levels: [String: Level] = [:]
    var marks: [String: RowMark] = [:]

    func sign(of container: ContainerKey, isUnsure: Bool = false) -> EndSign {
        EndSign(
            level: levels[container.identifier],
            mark: marks[container.identifier] ?? (isUnsure ? .unsure : nil)
        )
    }

    /// Of an end of a flow; `identity` is nil where no journal is kept, and then nobody is unsure of anything.
    func sign(of identity: Identity?) -> EndSign {
        guard let identity else { return EndSign() }
        let isUnsure = identity.confidence == .ambiguous || identity.confidence == .unknown
        if let container = identity.container { return sign(of: container.key, isUnsure: isUnsure) }
        switch identity.kind {
        case .outside, .multicast: return EndSign(isOutside: identity.kind == .outside)
        case .host, .gateway, .remoteHost: return EndSign(mark: isUnsure ? .unsure : nil)
        case .container, .namespace, .remote, .vacant, .unknown: return EndSign(mark: .unsure)
        }
    }

    /// Of an end of an alert; nobody is unsure of anything where no journal is kept.
    func sign(of end: AlertRecord.End) -> EndSign {
        guard end.kind != .unknown || end.container != nil else { return EndSign() }
        var identity = Identity(kind: end.kind, confidence: end.confidence)
        identity.container = end.container
        return sign(of: identity)
    }
}
