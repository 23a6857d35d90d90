/// Something that follows a runtime for as long as the program runs, and reports which containers it has.
package protocol RuntimeFollower: Sendable {
    /// Follows until the task is cancelled, and then ends at once. Called once.
    func run() async

    /// The kernel shows a container of a pod, of which this runtime may know more. From any thread, and returns at once.
    func expect(_ identifier: String)
}
