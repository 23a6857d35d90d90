import Agent
import ArgumentParser
import HTTP
import Records
import Store

/// Whom is asked for cases: the agent of this host, or a database without one.
struct CaseSource: ParsableArguments {
    @OptionGroup var agent: AgentSocketOption

    @OptionGroup var memory: DatabaseOption

    func validate() throws {
        if agent.socket != nil, memory.database != nil {
            throw ValidationError("--database is read without an agent: it does not go with --socket")
        }
    }

    var stored: StoredSource { memory.database.map { .database(path: $0) } ?? .agent(socket: agent.path) }

    /// Why nothing is told, for people, and what that means for the exit status.
    struct Failure: Error {
        let message: String
        let status: Int32
    }

    /// Lines of all cases, without their ends.
    func list(isAll: Bool) throws -> [[UInt8]] {
        if let path = memory.database { return try read(path) { try CaseLines.list($0, isAll: isAll) } }
        return try ask("/v1/cases" + (isAll ? "?all=true" : ""))
    }

    /// Lines of one case.
    func show(_ number: UInt64) throws -> [[UInt8]] {
        guard let path = memory.database else { return try ask("/v1/cases/\(number)") }
        return try read(path) { store in
            guard let body = try CaseLines.detail(store, number) else {
                throw Failure(message: "there is no case \(number) in \(path)", status: ExitStatus.noInput)
            }
            return body
        }
    }

    private func read(_ path: String, _ body: (Store) throws -> [UInt8]) throws -> [[UInt8]] {
        do {
            return Self.lines(try body(try Store(reading: path)))
        } catch let failure as StoreError {
            throw Failure(message: "\(failure)", status: ExitStatus.noInput)
        }
    }

    private func ask(_ target: String) throws -> [[UInt8]] {
        do {
            return Self.lines(try AgentAct(socket: agent.path).ask(.get, target, within: Self.patience))
        } catch let refusal as AgentAct.Refusal {
            throw Failure(message: refusal.description, status: refusal.status)
        }
    }

    /// How long it may take to look through all flows of a case.
    private static var patience: Duration { .seconds(60) }

    private static func lines(_ body: [UInt8]) -> [[UInt8]] { body.split(separator: 0x0a).map(Array.init) }
}
