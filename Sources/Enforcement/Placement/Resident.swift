package import Addressing
package import Containers
package import Policy

/// A container that runs, and where: what of an inventory a block needs.
package struct Resident: Hashable, Sendable {
    package var container: Container
    /// Nil where its network namespace is not known.
    package var namespace: NetworkNamespace?
    package var usesHostNetwork: Bool
    /// Whoever shares its network namespace, itself among them, the owner first; of the host's only itself.
    package var members: [Container]
    /// Those of its network namespace, without the loopback; none of the host's.
    package var interfaces: [InterfaceInventory]

    package init(_ container: Container, in place: NamespaceInventory) {
        self.container = container
        namespace = place.namespace
        usesHostNetwork = place.isHost
        members = place.isHost || place.namespace == nil ? [container] : place.containers.map(\.container)
        interfaces = place.isHost ? [] : place.interfaces
    }

    /// Its addresses, without those that mean something on one link only.
    package var addresses: [IPAddress] {
        interfaces.flatMap(\.addresses).filter { !$0.isOfLink }.map(\.address)
    }
}

extension Resident {
    /// Whether one of some selectors means it, or whoever shares its network namespace and would be stopped with it.
    package func isMeant(by selectors: [Selector]) -> Bool {
        selectors.contains { selector in
            members.contains { member in
                var other = self
                other.container = member
                return selector.means(other)
            }
        }
    }
}

extension Inventory {
    /// All containers that run, by their keys.
    package var residents: [ContainerKey: Resident] {
        var residents: [ContainerKey: Resident] = [:]
        for place in namespaces {
            for entry in place.containers { residents[entry.container.key] = Resident(entry.container, in: place) }
        }
        return residents
    }
}

extension Selector {
    /// Whether it means a container that runs. One that names nothing means nobody here, lest a mistake stop everybody.
    package func means(_ resident: Resident) -> Bool {
        guard !isEmpty, holds(of: resident.container.description) else { return false }
        if !blocks.isEmpty {
            let addresses = resident.addresses
            guard blocks.contains(where: { block in addresses.contains { block.contains($0) } }) else { return false }
        }
        return segments.isEmpty
            || resident.interfaces.contains { interface in
                segments.contains { pattern in
                    pattern.matches(interface.bridge?.name)
                        || pattern.matches(interface.networkIdentifier.map { "\($0)" })
                }
            }
    }
}
