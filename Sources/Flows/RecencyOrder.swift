/// Numbers in the order they were appended, any of which can be taken out at once: a list linked both ways.
///
/// Numbers are small and dense; memory is for the highest that was ever appended. A number is in it once at most.
package struct RecencyOrder: Sendable {
    private struct Link {
        var previous: Int32
        var next: Int32
    }

    private var links: [Link] = []
    private var head: Int32 = -1
    private var tail: Int32 = -1

    /// Nothing in it.
    package init() {}

    /// The number appended longest ago.
    package var first: Int? { head < 0 ? nil : Int(head) }

    /// The number appended last.
    package var last: Int? { tail < 0 ? nil : Int(tail) }

    /// Puts a number at the end. Only when it is not there, and at most one above all numbers before it.
    package mutating func append(_ number: Int) {
        let link = Link(previous: tail, next: -1)
        if number < links.count { links[number] = link } else { links.append(link) }
        if tail < 0 { head = Int32(number) } else { links[Int(tail)].next = Int32(number) }
        tail = Int32(number)
    }

    /// Takes a number out. Only when it is there.
    package mutating func remove(_ number: Int) {
        let link = links[number]
        if link.previous < 0 { head = link.next } else { links[Int(link.previous)].next = link.next }
        if link.next < 0 { tail = link.previous } else { links[Int(link.next)].previous = link.previous }
    }
}
