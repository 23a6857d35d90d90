import Glibc
import Terminal

// A program that draws, for tests to start on a pseudoterminal: it says on its screen what it was told, a line an event,
// and ends or crashes as the key that is typed says.

let device: TerminalDevice
do {
    device = try TerminalDevice(modes: TerminalModes(hasMouse: true))
} catch {
    print("refused: \(error)")
    exit(3)
}

@MainActor func say(_ text: String) { device.send(Array("<\(text)>\r\n".utf8)) }

@inline(never) func overflow(_ depth: Int) -> Int { depth < 0 ? 0 : overflow(depth + 1) + overflow(depth + 2) }

if CommandLine.arguments.contains("probe") {
    let probe = TerminalProbe.ask(device, widthLimit: 3000, backgroundLimit: 3000)
    say("\(probe.glyphs) \(probe.background) \(probe.depth)")
}

/// Numbered lines as fast as they are made, far more than a slow link takes, and what became of them.
@MainActor func flood() {
    let before = residentPeak
    let filling = String(repeating: ".", count: 300)
    var refused = 0
    var undrained = 0
    for number in 0..<200_000 {
        if !device.send(Array("line \(number) \(filling)\r\n".utf8)) { refused += 1 }
        if !device.isDrained { undrained += 1 }
    }
    while !device.isDrained { _ = device.wait(milliseconds: 1000) }
    say("flooded refused=\(refused) undrained=\(undrained) grown=\(residentPeak - before)")
}

/// Kilobytes of memory this process had at most.
var residentPeak: Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss
}

let isStubborn = CommandLine.arguments.contains("stubborn")
say("ready \(getpid())")
var isDone = false
while !isDone {
    for event in device.wait(milliseconds: 20_000) {
        say("\(event)")
        switch event {
        case .terminate where isStubborn: while true { sleep(1) }
        case .terminate, .disconnected, .key(.character("q"), _): isDone = true
        case .key(.character("x"), _): exit(7)
        case .key(.character("t"), _): fatalError("asked to trap")
        case .key(.character("a"), _): abort()
        case .key(.character("o"), _): say("\(overflow(0))")
        case .key(.character("h"), _): while true { sleep(1) }
        case .key(.character("f"), _): flood()
        case .key(.character("w"), _):
            let waker = device.waker
            waker.wake()
        default: break
        }
    }
}
device.end()
print("ended")
