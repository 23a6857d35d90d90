import Addressing
import Containers
import Records

/// An inventory as a table for people.
struct InventoryTable {
    private let inventory: Inventory
    private let now: Timestamp

    init(_ inventory: Inventory, now: Timestamp) {
        self.inventory = inventory
        self.now = now
    }

    private static var columns: [ColumnTable.Column] {
        [
            .init(title: "container", least: 16),
            .init(title: "image", least: 12, rank: 5),
            .init(title: "runtime", rank: 1, isFaint: true),
            .init(title: "owner", least: 8, rank: 3),
            .init(title: "role", least: 8, rank: 4),
            .init(title: "address"),
            .init(title: "network", least: 12, rank: 6, isFaint: true),
            .init(title: "listens", rank: 8),
            .init(title: "exposed", rank: 7),
            .init(title: "age", rank: 2),
        ]
    }

    /// The lines of it; none where nobody is.
    func lines(_ style: TextStyle, width: Int) -> [String] {
        var table = ColumnTable(Self.columns)
        for place in inventory.namespaces {
            for (index, resident) in place.containers.enumerated() {
                table.add(cells(resident, at: index, of: place))
            }
        }
        var bare = ColumnTable(Self.columns)
        for place in inventory.namespaces where place.containers.isEmpty || isHostShown(place) {
            bare.add(cells(place))
        }
        var lines = table.isEmpty ? [] : table.lines(style, width: width)
        if !bare.isEmpty {
            if !lines.isEmpty { lines.append("") }
            lines += bare.titled("namespace").lines(style, width: width)
        }
        return lines
    }

    /// The selection takes everything away from a host that is not wanted.
    private func isHostShown(_ place: NamespaceInventory) -> Bool {
        place.isHost && !(place.interfaces.isEmpty && place.listeners.isEmpty)
    }

    private func cells(_ resident: ContainerInventory, at index: Int, of place: NamespaceInventory) -> [[String]] {
        let container = resident.container
        let isFirst = index == 0 || place.isHost
        let isOwner = place.owner == container.key
        let sharesPod =
            container.description.pod != nil
            && container.description.pod == place.containers.first?.container.description.pod
        let name = isFirst ? container.label : "└ " + (sharesPod ? container.shortName : container.label)
        let network = isFirst ? NetworkCells(place) : NetworkCells.nothing
        let exposures = resident.exposures + (isOwner ? place.exposures : [])
        let listeners = resident.listeners + (isOwner ? place.listeners : [])
        return [
            [Printable.text(name)], [Printable.text(container.description.image ?? "")],
            [container.description.runtime?.rawValue ?? ""], [Printable.text(container.description.owner ?? "")],
            [Printable.text(container.description.role ?? "")], network.addresses,
            network.ways.map(Printable.text), ServiceText.lines(of: listeners).map(Printable.text),
            ServiceText.lines(of: exposures), [age(of: container)],
        ]
    }

    private func cells(_ place: NamespaceInventory) -> [[String]] {
        let name = place.isHost ? inventory.hostName.map { "\($0) (host)" } : place.namespace?.description
        var network = NetworkCells.nothing
        network.add(place.interfaces)
        return [
            [Printable.text(name ?? "host")], [], [], [], [], network.addresses,
            network.ways.map(Printable.text), ServiceText.lines(of: place.listeners).map(Printable.text),
            ServiceText.lines(of: place.exposures), [],
        ]
    }

    /// Since it was made, or else since it began; the runtime's clock may be ahead.
    private func age(of container: Container) -> String {
        guard let since = container.description.created ?? container.started else { return "" }
        let (age, isOver) = now.nanoseconds.subtractingReportingOverflow(since.nanoseconds)
        return isOver ? "" : Quantity.age(max(0, age))
    }
}

extension ColumnTable {
    /// The same under another title for the first column.
    fileprivate func titled(_ title: String) -> Self {
        var table = self
        table.columns[0].title = title
        return table
    }
}
