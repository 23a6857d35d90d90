import Containers

/// A watched tree of control groups, by reference: several are kept in a list.
final class CgroupTree {
    var watch: CgroupWatch

    init(_ hierarchy: CgroupHierarchy) throws(KernelFileError) {
        watch = try CgroupWatch(hierarchy)
    }

    var descriptor: Int32 { watch.descriptor }
    var hierarchy: CgroupHierarchy { watch.hierarchy }
}
