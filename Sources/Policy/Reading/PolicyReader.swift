import Declarations

/// Reads the files of a policy one after the other, and collects what is wrong with them.
///
/// Twice: what levels there are and which labels are trusted is known from all files before the rest is read, as rules speak of them.
struct PolicyReader: MappingReader {
    var policy = DeclaredPolicy()
    let catalog: RuleCatalog
    private(set) var rejection = Rejection()
    /// Of the file that is read.
    var mistakes = MistakeList()
    /// What is before every key in messages: the section's name and a dot, or nothing.
    private(set) var prefix = ""
    private var documents: [Document] = []

    static var exampleKey: String { "sensitivity" }

    /// A file whose text is YAML, and the node that has the keys of the policy.
    private struct Document {
        var file: String
        var prefix: String
        var node: YAMLNode
    }

    init(catalog: RuleCatalog) {
        self.catalog = catalog
    }

    mutating func read(_ source: PolicySource) {
        switch source {
        case .file(let path): read(path, isSection: false)
        case .sections(let paths): for path in paths { read(path, isSection: true) }
        }
        finish()
    }

    private mutating func read(_ path: String, isSection: Bool) {
        do throws(FileFailure) {
            take(try TextFile.bytes(path), of: path, isSection: isSection)
        } catch {
            rejection.add(FileProblem(file: path, error.description))
        }
    }

    /// Takes in the bytes of a file. What it says counts with `finish`.
    mutating func take(_ bytes: [UInt8], of file: String, isSection: Bool) {
        do throws(LocatedMistake) {
            guard let root = try YAMLDocument(bytes).root else { return }
            guard isSection || root.hasSection else {
                documents.append(Document(file: file, prefix: "", node: root))
                return
            }
            // Whatever else is there, the configuration's reader looks after.
            guard case .mapping(let pairs) = root.content else { return }
            for pair in pairs {
                if case .text("policy") = pair.key.content {
                    documents.append(Document(file: file, prefix: "policy.", node: pair.value))
                }
            }
        } catch {
            rejection.add(FileProblem(file: file, error))
        }
    }

    /// Reads what was taken in.
    mutating func finish() {
        // What is wrong in what is read first is found again, and told, with the rest.
        for document in documents {
            prefix = document.prefix
            readFirst(document.node)
        }
        for document in documents {
            prefix = document.prefix
            mistakes = MistakeList()
            read(document.node)
            rejection.add(mistakes, of: document.file)
        }
        if let file = documents.last?.file, rejection.problems.isEmpty { checkBounds(file) }
    }

    /// What each list holds is bounded; together they must not be more than can be compiled.
    private mutating func checkBounds(_ file: String) {
        let selectors =
            policy.sensitivity.rules.map(\.selector) + policy.bastions + policy.neverBlock
            + policy.interfaces.flatMap { [$0.source, $0.destination].compactMap { $0 } }
            + policy.exceptions.flatMap { [$0.source, $0.destination].compactMap { $0 } }
            + policy.egress.compactMap(\.source)
        let counts = [selectors.reduce(0) { $0 + $1.blocks.count }, policy.egress.reduce(0) { $0 + $1.blocks.count }]
        for count in counts + [policy.egress.reduce(0) { $0 + $1.domains.count }] where count > BlockIndex.limit {
            let message =
                "\(count) blocks of addresses or domains in it; at most \(BlockIndex.limit), more belong in feeds"
            // At a place, as the file itself can be read.
            let mistake = LocatedMistake(at: TextPlace(line: 1, column: 1), message)
            rejection.add(FileProblem(file: file, mistake))
            return
        }
    }
}

extension YAMLNode {
    /// Whether it is a whole configuration, with a section for the policy.
    fileprivate var hasSection: Bool {
        guard case .mapping(let pairs) = content else { return false }
        return pairs.contains { pair in
            guard case .text("policy") = pair.key.content, case .mapping = pair.value.content else { return false }
            return true
        }
    }
}
