package import Baseline
import Flows
package import Records
import Wire

extension BaselineLookup {
    /// What is remembered of a conversation with a resolver: the first name that was asked for. Nil where nobody found anything, and for
    /// other conversations.
    ///
    /// A resolver is asked for both kinds of addresses of a name. Of whoever got more answers, or asked over TCP, nobody can tell what
    /// else he looked up.
    package init?(_ record: FlowRecord) {
        guard record.application == .dns, record.destination.packets > 0, let details = record.details else {
            return nil
        }
        let isThere = details.dnsResponseCode == .noError
        let mayBeMore = record.protocolNumber == 6 || record.destination.packets > 2
        guard isThere && details.dnsQuestionName != nil || mayBeMore else { return nil }
        let name = isThere ? details.dnsQuestionName ?? "" : ""
        self.init(name, by: BaselineObservation(record).source, at: record.last)
        isOneOfSeveral = mayBeMore
    }
}
