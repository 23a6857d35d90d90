import Addressing
import Custody
import Glibc
import Records
import Store

/// What came of looking at a database, journals, and a manifest.
struct Verdict {
    /// Something that is not as it was.
    struct Finding {
        var outcome: CustodyFinding.Kind
        /// When it was written; nil where nobody knows.
        var time: Timestamp?
        /// Of a database.
        var table: String?
        var subject: CustodyFinding.Subject?
        /// Of a journal: its lines.
        var lines: ClosedRange<Int>?
        /// Which file, and what is wrong with it, where that is not said by the rest.
        var file: String
        var remark: String?
    }

    /// Something that was looked at.
    struct Looked {
        var file: String
        var rows: UInt64 = 0
        var uncovered: UInt64 = 0
        var since: Timestamp?
        /// Chains of a database; a journal has one.
        var strands: [CustodyAnswer.Strand] = []
        /// Of a journal: whether it does not say that it ended.
        var isOpen = false
    }

    /// Who says so.
    enum Signature: Equatable {
        /// No manifest, or none that is signed.
        case unsigned
        /// There is a signature, and nobody said whose it must be.
        case unjudged
        case signed(by: String)
        case wrong(key: String)
    }

    private(set) var findings: [Finding] = []
    private(set) var more: UInt64 = 0
    private(set) var looked: [Looked] = []
    /// What is no finding and yet to be known, a line each.
    private(set) var notes: [String] = []
    var signature: Signature = .unsigned
    /// Whether a key was named.
    var isKeyNamed = false

    var isComplete: Bool { findings.isEmpty }

    var isGood: Bool {
        guard isComplete else { return false }
        switch signature {
        case .signed: return true
        case .wrong: return false
        case .unsigned, .unjudged: return !isKeyNamed
        }
    }

    mutating func add(_ finding: Finding) { findings.append(finding) }

    mutating func add(_ answer: CustodyAnswer, of path: String) {
        var seen = Looked(file: path)
        for strand in answer.strands {
            seen.rows += strand.rows
            seen.uncovered += strand.uncovered
            if let since = strand.since { seen.since = min(since, seen.since ?? since) }
        }
        seen.strands = answer.strands
        looked.append(seen)
        more += answer.more
        for finding in answer.findings {
            add(
                Finding(
                    outcome: finding.kind,
                    time: finding.time,
                    table: finding.table,
                    subject: finding.subject,
                    file: path
                )
            )
        }
    }

    mutating func add(_ answer: JournalCheck.Answer, of path: String) {
        looked.append(
            Looked(file: path, rows: answer.covered, uncovered: answer.uncovered, isOpen: !answer.isEnded)
        )
        for finding in answer.findings {
            add(Finding(outcome: finding.kind, time: finding.time, lines: finding.lines, file: path))
        }
    }

    /// A file of a manifest, as it is now.
    mutating func add(_ file: Manifest.File) {
        do {
            guard let now = try FileDigest.of(file.path, atMost: file.size) else {
                let remark = "it has more than the \(file.size) bytes that it had"
                return add(Finding(outcome: .altered, file: file.path, remark: remark))
            }
            guard "\(now.digest)" != file.digest else { return looked.append(Looked(file: file.path)) }
            let size = now.size == file.size ? "its SHA-256 is another" : "it has \(now.size) bytes, not \(file.size)"
            add(Finding(outcome: .altered, file: file.path, remark: size))
        } catch let fault as FileFault where fault.code == ENOENT {
            add(Finding(outcome: .removed, file: file.path, remark: "\(fault)"))
        } catch {
            // Something else is in its place, or the medium fails.
            add(Finding(outcome: .unreadable, file: file.path, remark: "\(error)"))
        }
    }

    /// Compares how far the chains of a database went when a manifest was made with how they are now.
    mutating func compare(_ known: Manifest.Database, with answer: CustodyAnswer, _ store: Store) throws {
        if known.identity != answer.database ?? "" {
            add(Finding(outcome: .altered, file: store.path, remark: "it is another database than the manifest's"))
            return
        }
        for strand in known.strands where strand.number > 0 {
            let now = answer.strands.first { $0.table == strand.table }
            let remark: String
            switch try store.custodyLink(strand.number, of: strand.table) {
            case .some(strand.digest): continue
            case .some: remark = "link \(strand.number) is another than the manifest's: the chain was made anew"
            case nil where now?.first ?? 0 > strand.number:
                guard strand.milestone != nil else {
                    let what =
                        "link \(strand.number) of the manifest was forgotten, or cut off: as the manifest names no milestone,"
                    notes.append("\(strand.table): \(what) it cannot be shown that the rest goes on from it")
                    continue
                }
                // What was cut off is shown to be of the manifest's chain by what is kept of it.
                if let milestone = strand.milestone,
                    try store.custodyMilestone(milestone.number, of: strand.table) == milestone.digest
                {
                    notes.append(
                        "\(strand.table): what the manifest speaks of was forgotten since, up to its link \(strand.number)"
                    )
                    continue
                }
                remark =
                    "link \(strand.number) of the manifest was cut off, and nothing shows that the rest goes on from it"
            case nil: remark = "link \(strand.number) of the manifest is not there"
            }
            add(Finding(outcome: .altered, table: strand.table, file: store.path, remark: remark))
        }
    }
}
