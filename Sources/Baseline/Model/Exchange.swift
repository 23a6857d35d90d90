/// A service of somebody.
package struct Exchange: Hashable, Comparable, Sendable {
    package var place: Place
    package var service: Service

    package init(_ place: Place, _ service: Service) {
        self.place = place
        self.service = service
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.place != right.place ? left.place < right.place : left.service < right.service
    }
}
