import Testing

/// Everything that makes hosts: one after the other, as each takes both cores and the kernel's tables are shared.
@Suite("Live", .serialized) enum Live {}
