/// One thing the doctor looked at, and what came of it.
struct Check: Equatable {
    enum Outcome: String {
        /// There, and fit.
        case ok
        /// Not there, and needed for watching containers.
        case missing
        /// Not there: something is lost, the rest works.
        case lacking
        /// Not there, and nothing is wrong with that.
        case none
        /// It could not be found out.
        case unknown
    }

    /// Where it stands in the text.
    enum Part: String, CaseIterable {
        case capture, capabilities, kernel, containers

        var heading: String {
            switch self {
            case .capture: "Capture"
            case .capabilities: "Capabilities of this process"
            case .kernel: "Kernel"
            case .containers: "Containers"
            }
        }
    }

    var part: Part
    /// Stable, such as `kernel.vxlan`: the part is its first word.
    var identifier: String
    /// A few words for people.
    var title: String
    var outcome: Outcome
    /// What was seen.
    var finding: String?
    /// What it costs that it is not there.
    var cost: String?
    /// A command that mends it, or what else does.
    var remedy: String?
}
