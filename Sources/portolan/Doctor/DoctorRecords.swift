import Records

/// Checks for programs: a JSON object a line, `portolan.check.*`.
enum DoctorRecords {
    /// All lines. A key that does not apply is absent.
    static func lines(_ checks: [Check]) -> JSONBuffer {
        var json = JSONBuffer()
        for check in checks {
            json.beginLine()
            let ours = json.beginObject("portolan")
            let object = json.beginObject("check")
            json.pair("id", check.identifier)
            json.pair("outcome", check.outcome.rawValue)
            json.pair("title", check.title)
            json.pair("finding", check.finding)
            json.pair("cost", check.cost)
            json.pair("remedy", check.remedy)
            json.end(object)
            json.end(ours)
            json.endLine()
        }
        return json
    }
}
