import Addressing
import Containers

/// What an end runs, as far as that lasts longer than one container: replicas and the next run of a container are the same workload.
/// Names in it come from outside, and are only compared.
enum Workload: TableKey {
    case image(String, creator: String?)
    case other(Subject)

    init(_ party: Party) {
        if let description = party.container?.description, let image = description.image {
            self = .image(image, creator: description.creator)
        } else {
            self = .other(party.subject)
        }
    }

    @inline(__always)
    func fold(into fold: inout Fold) {
        if case .other(let subject) = self {
            subject.fold(into: &fold)
        } else {
            fold.add(UInt64(truncatingIfNeeded: hashValue))
        }
    }
}
