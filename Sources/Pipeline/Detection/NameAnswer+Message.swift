import Addressing
import Containers
import Detection
import Flows
import Wire

/// A DNS answer in the detectors' words.
extension NameAnswer {
    /// Nil where the message cannot be read or asks nothing.
    init?(_ message: RawSpan, _ exchange: DNSExchange, client: Identity?) {
        do throws(WireError) {
            let answer = exchange.isTCP ? try DNSMessage(segment: message) : try DNSMessage(message)
            guard answer.isResponse, answer.opcode == 0, let question = try answer.question() else { return nil }
            let name = question.name.lowercased()
            self.init(
                name.hasSuffix(".") && !name.hasSuffix("\\.") ? String(name.dropLast()) : name,
                type: question.type,
                code: answer.responseCode,
                length: message.byteCount,
                answers: Int(answer.answerCount),
                for: Party(exchange.client, scope: exchange.scope, of: client),
                from: exchange.server,
                isTCP: exchange.isTCP,
                at: exchange.time
            )
            flow = exchange.flow
        } catch {
            return nil
        }
    }
}
