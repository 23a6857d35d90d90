import Terminal

/// What comes from a terminal: whole and byte by byte it means the same, and of a text that is put in only so much is kept.
func fuzzKeys(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = unsafe [UInt8](UnsafeBufferPointer(start: start, count: count))
    let (whole, pieces) = (events(of: [bytes]), events(of: bytes.map { [$0] }))
    precondition(whole == pieces)
    precondition(whole.count <= count + 1)
    for case .paste(let text) in whole { precondition(text.utf8.count <= 3 * KeyDecoder.pasteLimit) }
    return 0
}

private func events(of pieces: [[UInt8]]) -> [TerminalEvent] {
    var decoder = KeyDecoder()
    decoder.expectedPositions = 1
    var events: [TerminalEvent] = []
    for piece in pieces { decoder.feed(piece, to: &events) }
    decoder.flush(to: &events)
    return events
}
