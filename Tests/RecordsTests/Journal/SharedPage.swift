import Foundation
import Support

/// The page that says what the keys mean.
enum SharedPage {
    static var records: URL { SharedCaptures.project.appendingPathComponent("Docs/Records.md") }
}
