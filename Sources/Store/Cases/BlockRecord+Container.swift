import Containers
import Enforcement
import Records

extension BlockRecord {
    /// Whether it stops the container with an identifier, and it alone.
    func isOf(_ identifier: String) -> Bool {
        if case .container(let key) = block.order.subject { return key.identifier == identifier }
        return container?.key.identifier == identifier
    }
}
