import Flows
import Records

/// What `run` tells of: nothing but what was lost.
final class RunReport: RecordSink {
    private let tell: (String) -> Void

    init(tell: @escaping (String) -> Void) {
        self.tell = tell
    }

    func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {}

    func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) {}

    func gap(_ gap: CaptureGap) {
        tell(gap.remark)
    }
}

extension CaptureGap {
    /// In words for people.
    var remark: String {
        let what = dropped.map { "\(Quantity.count($0)) packets" } ?? "an unknown number of packets"
        return "\(what) lost on \(interface) within the last second; --buffer-size gives more room"
    }
}
