/// What a stored part is. Numbers are never given to another kind.
enum PartKind: Int64 {
    case identity = 1
    case scope
    case point
    case tunnel
}
