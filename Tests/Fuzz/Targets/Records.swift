import Custody
import Records

/// Records as an agent, a database or a saved file has them; the first byte says which. What is read and written is read the same again.
func fuzzRecords(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard let input = unsafe FuzzInput(start, count) else { return -1 }
    let bytes = input.bytes
    switch input.choice % 8 {
    case 0: _ = try? JSONReader.read(bytes.span)
    case 1: _ = try? ToldGraph(reading: bytes.span)
    case 2:
        guard let record = try? AlertRecord(reading: bytes.span) else { return 0 }
        guard let again = try? AlertRecord(reading: Array(record.line.dropLast()).span) else {
            fatalError("unreadable")
        }
        precondition(again == record)
    case 3: _ = try? InventoryReader(reading: bytes.span)
    case 4: _ = try? IdentityText.read(bytes.span)
    case 5: _ = try? BlockRecord(reading: bytes.span)
    case 6:
        guard let manifest = Manifest(bytes.span) else { return 0 }
        let written = manifest.bytes
        guard let again = Manifest(written.span) else { fatalError("unreadable") }
        precondition(again.bytes == written)
    default: _ = DigestValue(hexadecimal: input.text)
    }
    return 0
}
