import Addressing
import Declarations

extension PolicyReader {
    private static var keys: [String] {
        [
            "sensitivity", "trusted_labels", "interfaces", "egress", "feeds", "exceptions", "rules", "thresholds",
            "approved_images", "tunnel_ends", "resolvers", "baseline", "bastions", "never_block",
        ]
    }

    /// The levels there are, and the labels that are trusted.
    mutating func readFirst(_ node: YAMLNode) {
        guard let fields = fields(of: node, path: root, keys: Self.keys) else { return }
        if let labels = values("trusted_labels", of: fields, limit: DeclaredPolicy.listLimit, .label) {
            policy.trustedLabels = labels
        }
        guard let node = fields["sensitivity"],
            let fields = self.fields(of: node, path: path("sensitivity"), keys: Self.sensitivityKeys)
        else { return }
        readLevels(fields)
    }

    /// All of it.
    mutating func read(_ node: YAMLNode) {
        guard let fields = fields(of: node, path: root, keys: Self.keys) else { return }
        _ = values("trusted_labels", of: fields, limit: DeclaredPolicy.listLimit, .label)
        if let node = fields["sensitivity"] { readSensitivity(node) }
        readInterfaces(fields)
        readEgress(fields)
        readFeeds(fields)
        readExceptions(fields)
        if let node = fields["rules"] { readRules(node) }
        if let node = fields["thresholds"] { readThresholds(node) }
        readLists(fields)
    }

    func path(_ name: String) -> String { prefix + name }

    /// The path of the whole.
    private var root: String { String(prefix.dropLast()) }

    private mutating func readLists(_ fields: MappingFields) {
        let limit = DeclaredPolicy.listLimit
        if let list = values("approved_images", of: fields, limit: limit, .pattern("the name of an image")) {
            policy.approvedImages = list
        }
        if let list = values("tunnel_ends", of: fields, limit: limit, .block) { policy.tunnelEnds = list }
        if let list = values("resolvers", of: fields, limit: limit, .block) { policy.resolvers = list }
        if let file = value("baseline", of: fields, .filePathOrNone) { policy.baseline = file.isEmpty ? nil : file }
        if let list = selectors("bastions", of: fields) { policy.bastions = list }
        if let list = selectors("never_block", of: fields) { policy.neverBlock = list }
    }

    /// Whoever is on such a list is exempt from something, so that no label anybody writes may put him there.
    private mutating func selectors(_ name: String, of fields: MappingFields) -> [Selector]? {
        guard let elements = elements(name, of: fields, limit: DeclaredPolicy.listLimit) else { return nil }
        return elements.compactMap { exemptingSelector(of: $0, path: fields.path(name)) }
    }
}
