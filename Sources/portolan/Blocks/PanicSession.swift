import Addressing
import Glibc
import HTTP
import Monitor
import Records
import Store

/// One run of `portolan panic`: the agent is asked, and what it does not do within a second is done without it.
struct PanicSession {
    let socket: String
    let database: String

    /// How long the agent may take.
    private static var patience: Duration { .seconds(1) }

    /// Does it all; returns the exit status.
    func run() -> Int32 {
        switch ask() {
        case .done:
            say("everything is let go")
            return ExitStatus.done
        case .denied(let why):
            StandardError.say(why)
            return ExitStatus.denied
        case .silent:
            if let holder = SocketHolder(of: socket) {
                guard holder.isPortolan else {
                    StandardError.say("process \(holder.process) holds \(socket) and is no portolan; it is left alone")
                    return ExitStatus.failed
                }
                guard holder.end() else {
                    StandardError.say("the agent, process \(holder.process), does not answer and cannot be ended")
                    return geteuid() == 0 ? ExitStatus.failed : ExitStatus.denied
                }
                StandardError.say("the agent, process \(holder.process), did not answer within a second and was ended")
            }
            let status = LonelyKernel().clear()
            if status == ExitStatus.done {
                forget()
                say("everything is let go")
            }
            return status
        }
    }

    private enum Answer {
        case done, silent
        case denied(String)
    }

    private func ask() -> Answer {
        do {
            _ = try AgentAct(socket: socket).ask(.post, "/v1/panic", within: Self.patience)
            return .done
        } catch let refusal as AgentAct.Refusal where refusal.status == ExitStatus.denied {
            return .denied(refusal.description)
        } catch {
            return .silent
        }
    }

    /// What is remembered would hold again when an agent starts.
    private func forget() {
        guard unsafe access(database, F_OK) == 0 else { return }
        do {
            let keeper = try StoreKeeper(path: database, retention: RetentionRules(), version: Portolan.version)
            var records = try keeper.store?.blocksInForce() ?? []
            let now = Clock.now
            for index in records.indices {
                records[index].action = .ended
                records[index].state = .ended
                records[index].time = now
                records[index].ended = now
                records[index].endedBy = "panic, without the agent"
            }
            _ = keeper.put(StoreBatch(of: records))
            if !keeper.finish() {
                StandardError.say("\(database) still has the blocks: they hold again when an agent starts")
            }
        } catch {
            StandardError.say("\(database) still has the blocks, and they hold again when an agent starts: \(error)")
        }
    }

    private func say(_ text: String) {
        var output = StandardOutput()
        output.write(text + "\n")
        _ = output.conclude()
    }
}
