import Containers
import Glibc
import HTTP

extension RuntimeWatch {
    /// Follows the runtime until something fails, and says what.
    ///
    /// Events are subscribed to before the containers are listed, so that nothing falls between.
    func follow() async -> HTTPFailure {
        defer { ledger.forgetQuestions() }
        do throws(HTTPFailure) {
            let answer = try await page(EngineTarget.version, limit: 1 << 20)
            ledger.runtime = decoded(EngineVersion.self, from: answer)?.runtime ?? .docker
        } catch {
            return error
        }
        let (subscribed, subscription) = AsyncStream.makeStream(of: Void.self)
        let (questions, question) = AsyncStream.makeStream(of: String.self)
        return await withTaskGroup(of: HTTPFailure.self) { group in
            group.addTask { await self.hear(subscription, question) }
            group.addTask { await self.sweep(after: subscribed, question) }
            group.addTask { await self.answer(questions) }
            let first = await group.next()
            group.cancelAll()
            return first ?? .cancelled
        }
    }

    /// Reads events until they end.
    private func hear(
        _ subscription: AsyncStream<Void>.Continuation,
        _ question: AsyncStream<String>.Continuation
    ) async -> HTTPFailure {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        do throws(HTTPFailure) {
            // The clock is the host's own; a second before covers that it may just have been set.
            try await client.lines(
                of: EngineTarget.events(ledger.runtime, since: Int64(now.tv_sec) - 1),
                timeout: timing.answer,
                limit: RuntimeBounds.event,
                opened: { subscription.yield() },
                line: { line in
                    guard let event = decoded(EngineEvent.self, from: line, self.keys) else { return }
                    await self.take(event, question)
                }
            )
            return .closed
        } catch {
            return error
        }
    }

    private func take(_ event: EngineEvent, _ question: AsyncStream<String>.Continuation) {
        let (news, asks) = ledger.take(event)
        tell(news)
        if asks { question.yield(event.identifier) }
    }

    /// Lists all containers once events are subscribed to, and then every so often.
    private func sweep(
        after subscribed: AsyncStream<Void>,
        _ question: AsyncStream<String>.Continuation
    ) async -> HTTPFailure {
        for await _ in subscribed { break }
        do throws(HTTPFailure) {
            while true {
                ledger.beginList()
                let answer = try await page(EngineTarget.list(ledger.runtime), limit: RuntimeBounds.list)
                guard let list = await containers(in: answer) else { return .malformed }
                let (reports, asks) = ledger.take(list, isAnew: isAnew)
                tellConnected(reports)
                for identifier in asks { question.yield(identifier) }
                guard (try? await Task.sleep(for: timing.sweep)) != nil else { return .cancelled }
            }
        } catch {
            return error
        }
    }

    /// Asks about single containers as long as there are questions, a few at a time.
    ///
    /// There are never more questions than containers: none is asked again before it is answered.
    private func answer(_ questions: AsyncStream<String>) async -> HTTPFailure {
        await withTaskGroup(of: Void.self) { group in
            var running = 0
            for await identifier in questions {
                if running == RuntimeBounds.questions {
                    await group.next()
                    running -= 1
                }
                running += 1
                group.addTask { await self.ask(about: identifier) }
            }
        }
        return .cancelled
    }

    /// Asks about one container. What fails is left to the next sweep.
    private func ask(about identifier: String) async {
        let runtime = ledger.runtime
        let answer = try? await page(EngineTarget.list(runtime, only: identifier), limit: RuntimeBounds.inspection)
        let listed = answer.flatMap { decoded(TolerantList<EngineContainer>.self, from: $0, keys) }?.elements
            .first { $0.identifier == identifier }
        var told = listed?.description
        if listed?.needsInspection != false,
            let answer = try? await page(
                EngineTarget.container(identifier),
                limit: RuntimeBounds.inspection
            ), let inspection = decoded(EngineInspection.self, from: answer)
        {
            if told == nil { told = ContainerDescription() }
            told?.merge(inspection.description)
        }
        tell(ledger.take(told, of: identifier))
    }

    /// The body of an answer that is what was asked for.
    private func page(_ target: String, limit: Int) async throws(HTTPFailure) -> [UInt8] {
        let answer = try await client.get(target, timeout: timing.answer, limit: limit)
        guard answer.status == 200 else { throw .refused(status: answer.status) }
        return answer.body
    }

    /// Reads a list, off the actor: it may be long.
    private nonisolated func containers(in body: [UInt8]) async -> [EngineContainer]? {
        decoded(TolerantList<EngineContainer>.self, from: body, keys)?.elements
    }
}
