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
        case .undone(let why):
            return actAlone(why)
        }
    }

    /// Ends an agent that does not do it, and does it without one. `why`: what the agent said, or why it did not.
    private func actAlone(_ why: String) -> Int32 {
        var isKnown = true
        var isEnded = false
        switch UnixSocket.listener(socket) {
        case .nobody: break
        case .unknown:
            StandardError.say(
                "who holds \(socket) cannot be told: an agent that runs on may put back what is taken away"
            )
            isKnown = false
        case .process(let process):
            let holder = SocketHolder(process: process)
            guard holder.isPortolan else {
                StandardError.say("process \(process) holds \(socket) and is no portolan; it is left alone")
                return ExitStatus.failed
            }
            guard holder.end() else {
                StandardError.say("the agent, process \(process), does not let go and cannot be ended: \(why)")
                return geteuid() == 0 ? ExitStatus.failed : ExitStatus.denied
            }
            StandardError.say(
                "the agent, process \(process), did not let everything go within a second and was ended: \(why)"
            )
            isEnded = true
        }
        let status = LonelyKernel().clear()
        guard status == ExitStatus.done else { return status }
        guard forget(says: isEnded), isKnown else { return ExitStatus.failed }
        say("everything is let go")
        return ExitStatus.done
    }

    private enum Answer {
        case done
        case denied(String)
        /// Nobody answered, or not all was let go, and why.
        case undone(String)
    }

    private func ask() -> Answer {
        do {
            _ = try AgentAct(socket: socket).ask(.post, "/v1/panic", within: Self.patience)
            return .done
        } catch let refusal as AgentAct.Refusal where refusal.status == ExitStatus.denied {
            return .denied(refusal.description)
        } catch {
            return .undone("\(error)")
        }
    }

    /// What is remembered would hold again when an agent starts; whether nothing is. `says`: that there is no database, as there was an agent.
    private func forget(says: Bool) -> Bool {
        guard unsafe access(database, F_OK) == 0 else {
            if says {
                StandardError.say("there is no \(database): if the agent keeps another, name it with --database")
            }
            return true
        }
        do {
            let keeper = try StoreKeeper(path: database, retention: RetentionRules(), version: Portolan.version)
            var isRead = true
            var records =
                try keeper.store?.blocksInForce { error in
                    StandardError.say("\(error)")
                    isRead = false
                } ?? []
            let now = Clock.now
            for index in records.indices {
                records[index].action = .ended
                records[index].state = .ended
                records[index].time = now
                records[index].ended = now
                records[index].endedBy = "panic, without the agent"
            }
            _ = keeper.put(StoreBatch(of: records))
            if keeper.finish(), isRead { return true }
            StandardError.say("\(database) still has the blocks: they hold again when an agent starts")
        } catch {
            StandardError.say("\(database) still has the blocks, and they hold again when an agent starts: \(error)")
        }
        return false
    }

    private func say(_ text: String) {
        var output = StandardOutput()
        output.write(text + "\n")
        _ = output.conclude()
    }
}
