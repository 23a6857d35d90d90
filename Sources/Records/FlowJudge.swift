package import Addressing
package import Flows

/// Who is told of flows to say what is wrong with them. Called in packet order, never concurrently.
package protocol FlowJudge: AnyObject {
    /// A flow began, goes on or ended. Of one that began returns whether it is to be told what becomes of it.
    func judge(
        _ action: FlowAction,
        _ flow: borrowing Flow,
        _ book: borrowing FlowBook,
        _ names: borrowing FlowNames
    ) -> Bool

    /// It is known what becomes of a flow that was told of, as it stands now.
    func settled(
        _ flow: borrowing Flow,
        as outcome: TryOutcome,
        _ book: borrowing FlowBook,
        _ names: borrowing FlowNames,
        at time: Timestamp
    )
}
