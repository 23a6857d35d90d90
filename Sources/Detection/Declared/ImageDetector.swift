import Addressing
import Containers
import Policy

/// Finds containers of images that are not on the list of approved ones. Abstains without a list, and of containers whose image
/// nobody tells. NIST SP 800-190, section 4.4.5
struct ImageDetector: Sendable {
    /// Runs that were told of.
    private var told = RecentSet<ContainerKey>(limit: Self.limit)

    static var limit: Int { 8192 }

    mutating func take(_ entry: JournalEntry, _ policy: CompiledPolicy, to alerts: inout [Alert]) {
        guard case .container(let container) = entry.change, let image = container.description.image,
            policy.approves(image: image) == false, told.insert(container.key)
        else { return }
        let party = Party(container)
        alerts.append(
            Alert(
                rule: .unapprovedImage,
                severity: Rule.unapprovedImage.severity,
                time: entry.time,
                source: party,
                first: entry.time,
                last: entry.time,
                count: 1,
                evidence: [],
                message: "\(party.name) runs the image \(image), which is not approved"
            )
        )
    }
}
