package import Addressing

extension Notation {
    /// An address, or a block of them. One with bits behind its length is a slip.
    package static var block: Notation<IPPrefix> {
        Notation<IPPrefix>("a block of addresses such as 10.0.0.0/8", written: { .text($0.description) }) {
            text throws(Mistake) in
            guard let block = IPPrefix(text) else {
                throw Mistake("wants a block of addresses such as 10.0.0.0/8, not \(Quoted.text(text))")
            }
            let address = text.prefix { $0 != "/" }
            guard IPAddress(String(address)) == block.address else {
                throw Mistake("has bits behind its length in \(Quoted.text(text))", suggestion: block.description)
            }
            return block
        }
    }
}
