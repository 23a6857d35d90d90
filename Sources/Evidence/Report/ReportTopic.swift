/// What the sections of a report are about, in their order, and the paragraphs of NIST SP 800-190 that each serves.
/// https://doi.org/10.6028/NIST.SP.800-190
package enum ReportTopic: String, Hashable, Sendable, CaseIterable {
    case surfaces, flows, crossings, scans, destinations, listeners
    case rogueContainers = "rogue_containers"
    case hosts, consumption, findings, blocks
    case blindSpots = "blind_spots"
    case loss = "capture_loss"

    package var title: String {
        switch self {
        case .surfaces: "Surfaces"
        case .flows: "Flows on the wire and encapsulated"
        case .crossings: "Crossings of sensitivity levels"
        case .scans: "Scans"
        case .destinations: "Destinations outside"
        case .listeners: "Listeners"
        case .rogueContainers: "Containers, and rogue ones"
        case .hosts: "Hosts and tunnel ends"
        case .consumption: "What each container sent and received"
        case .findings: "Other findings"
        case .blocks: "Blocks"
        case .blindSpots: "Blind spots"
        case .loss: "Capture loss"
        }
    }

    /// 3.3.3 and 4.3.3: poorly separated traffic between containers; 3.4.2 and 4.4.2: unbounded network access; 4.3.4: levels
    /// that share a host; 4.3.5: trust in nodes; 4.4.4: what applications do; 4.4.5: rogue containers; 6.2 and 6.4:
    /// planning for incidents, and operations.
    package var paragraphs: [String] {
        switch self {
        case .surfaces: ["3.4.2", "4.4.2"]
        case .flows: ["3.3.3", "4.3.3", "4.4.2"]
        case .crossings: ["3.3.3", "4.3.3", "4.3.4"]
        case .scans: ["4.4.2"]
        case .destinations: ["3.4.2", "4.4.2", "4.4.4"]
        case .listeners: ["4.4.2", "4.4.4"]
        case .rogueContainers: ["4.4.5"]
        case .hosts: ["3.3.3", "4.3.5"]
        case .consumption: ["4.4.4", "6.4"]
        case .findings: ["4.4.2", "4.4.4"]
        case .blocks: ["4.4.2", "6.4"]
        case .blindSpots: ["3.3.3", "4.4.2", "6.2"]
        case .loss: ["6.2", "6.4"]
        }
    }

    /// A sentence for whoever reads it for the first time.
    package var purpose: String {
        switch self {
        case .surfaces: "Where containers can be reached from, and what joins them: bridges, overlays, published ports."
        case .flows: "Who talked to whom, as it went over the wire and as it went inside tunnels."
        case .crossings:
            "Flows between levels of sensitivity that no declared interface allows, and levels that share a host."
        case .scans: "Who looked for hosts and ports."
        case .destinations:
            "Who was asked outside, and what of it is undeclared, listed, or looks like data that leaves."
        case .listeners: "Which process waits on which port of which container, and which came late."
        case .rogueContainers: "Which containers ran, of which images, and which nobody approved or knows."
        case .hosts: "Which hosts were seen behind tunnels, and which of those are strangers."
        case .consumption: "Flows that were there in the period, counted whole, by container."
        case .findings: "What else the detectors found."
        case .blocks: "What was stopped in the period, by whom, and why."
        case .blindSpots: "What this report cannot know, so that nobody takes silence for safety."
        case .loss: "What was captured and not seen."
        }
    }
}
