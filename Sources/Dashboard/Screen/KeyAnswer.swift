/// What a view makes of a key.
enum KeyAnswer: Hashable {
    /// Not one of its keys: whoever asked may take it for something else.
    case ignored
    case taken
    /// What is chosen is to be looked at.
    case open
    case request(DashboardRequest)
}
