package import Addressing

/// What a live capture leaves out when it falls behind, in this order; last of all the kernel drops packets, which is a
/// `CaptureGap`.
package enum Detail: String, Hashable, Sendable, CaseIterable {
    /// That flows go on: `flow_updated`. Their starts and ends are told all the same.
    case updates
    /// What first payloads say: protocols, names, DNS answers.
    case payloads
}

/// Something was left out, or is there again.
package struct DetailChange: Hashable, Sendable {
    package var time: Timestamp
    package var detail: Detail
    /// Whether it is missing from now on.
    package var isLeftOut: Bool
    /// When the capture began to fall behind; or, of what is there again, when it was left out.
    package var since: Timestamp

    package init(time: Timestamp, detail: Detail, isLeftOut: Bool, since: Timestamp) {
        self.time = time
        self.detail = detail
        self.isLeftOut = isLeftOut
        self.since = since
    }
}
