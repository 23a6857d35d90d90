import Containers
import Records

/// A case in a line, for people. Names in it come from outside, and are made printable.
enum CaseLine {
    /// What became of it: `case_opened #3: web, for scan.vertical: web tried 5 ports of 10.0.0.9`.
    static func text(_ record: CaseRecord) -> String {
        var text = "\(record.action.rawValue) #\(record.number): \(record.container.label)"
        switch record.action {
        case .opened: text += ", for \(record.worst.rule): \(record.worst.message)"
        case .released: text += ", by \(record.releasedBy ?? "somebody")"
        case .full: text += ", there is no room for more of it: cases.size, or portolan case release"
        case .state, .ended, .resumed: break
        }
        return Printable.text(text)
    }
}
