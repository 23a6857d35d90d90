// swift-tools-version: 6.2
import PackageDescription

/// Every target is built alike: Swift 6, imports that stay inside the file that wrote them, and no `any` by accident.
let common: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// Targets that read bytes from outside also list every unsafe line, and borrow instead of copying.
let bytes: [SwiftSetting] =
    common + [
        .enableExperimentalFeature("Lifetimes"),
        .strictMemorySafety(),
    ]

/// What only the room CRI needs is fetched and built with the trait alone. Docs/Decisions/0015-cri-is-a-trait.md.
let withCRI = TargetDependencyCondition.when(traits: ["CRI"])

let package = Package(
    name: "portolan",
    products: [.executable(name: "portolan", targets: ["portolan"])],
    traits: [
        .trait(
            name: "CRI",
            description: "Asks containerd and CRI-O for the labels of pods; adds gRPC, and minutes to a build."
        )
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto.git", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/grpc/grpc-swift-2", exact: "2.4.3"),
        .package(url: "https://github.com/grpc/grpc-swift-nio-transport", exact: "2.9.2"),
        .package(url: "https://github.com/apple/swift-protobuf", exact: "1.39.0", traits: []),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    ],
    targets: [
        // C, unwrapped.
        .systemLibrary(name: "CPcap", pkgConfig: "libpcap", providers: [.apt(["libpcap-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CMnl", pkgConfig: "libmnl", providers: [.apt(["libmnl-dev"])]),
        .target(name: "CLinux"),

        // Words.
        .target(name: "Addressing", swiftSettings: bytes),
        .target(
            name: "Custody",
            dependencies: [.product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: bytes
        ),
        .target(
            name: "Declarations",
            dependencies: ["Addressing", .product(name: "Yams", package: "Yams")],
            swiftSettings: bytes
        ),

        // Outside in.
        .target(name: "Wire", dependencies: ["Addressing"], swiftSettings: bytes),
        .target(name: "Capture", dependencies: ["CPcap", "CZlib", "CLinux", "Addressing"], swiftSettings: bytes),

        .target(name: "Privilege", dependencies: ["CLinux"], swiftSettings: bytes),
        .target(name: "Netlink", dependencies: ["CMnl", "CLinux", "Addressing"], swiftSettings: bytes),
        .target(
            name: "HTTP",
            dependencies: [
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            swiftSettings: common
        ),

        // Meaning.
        .target(name: "Containers", dependencies: ["Netlink", "CLinux", "Addressing"], swiftSettings: bytes),
        .target(name: "Runtimes", dependencies: ["Containers", "HTTP", "Addressing"], swiftSettings: common),
        .target(
            name: "CRI",
            dependencies: [
                "Runtimes", "Containers", "Addressing",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "GRPCCore", package: "grpc-swift-2", condition: withCRI),
                .product(
                    name: "GRPCNIOTransportHTTP2Posix",
                    package: "grpc-swift-nio-transport",
                    condition: withCRI
                ),
                .product(name: "SwiftProtobuf", package: "swift-protobuf", condition: withCRI),
            ],
            exclude: ["Messages/pods.proto", "Messages/containers.proto"],
            swiftSettings: common
        ),
        .target(name: "Flows", dependencies: ["Wire", "Addressing", "CLinux"], swiftSettings: bytes),
        .target(name: "Names", dependencies: ["Flows", "Wire", "Addressing"], swiftSettings: bytes),

        // Judgement.
        .target(name: "Policy", dependencies: ["Containers", "Declarations", "Addressing"], swiftSettings: bytes),
        .target(
            name: "Baseline",
            dependencies: ["Policy", "Containers", "Declarations", "Addressing"],
            swiftSettings: bytes
        ),
        .target(
            name: "Detection",
            dependencies: ["Baseline", "Policy", "Flows", "Containers", "Wire", "Addressing"],
            swiftSettings: bytes
        ),

        // Consequence.
        .target(
            name: "Enforcement",
            dependencies: ["Policy", "Containers", "Netlink", "Addressing"],
            swiftSettings: bytes
        ),

        .target(name: "Graph", dependencies: ["Containers", "Addressing"], swiftSettings: bytes),
        .target(name: "Layout", dependencies: ["Graph", "Addressing"], swiftSettings: bytes),

        // Words out.
        .target(
            name: "Records",
            dependencies: [
                "Enforcement", "Detection", "Policy", "Graph", "Flows", "Names", "Containers", "Wire", "Addressing",
            ],
            swiftSettings: bytes
        ),

        .target(
            name: "Evidence",
            dependencies: ["Records", "Flows", "Containers", "Wire", "Addressing"],
            swiftSettings: bytes
        ),
        .target(
            name: "Export",
            dependencies: ["Evidence", "Records", "Layout", "Graph", "Flows", "Containers", "Addressing"],
            swiftSettings: bytes
        ),

        .target(
            name: "Store",
            dependencies: [
                "Records", "Enforcement", "Graph", "Flows", "Containers", "Privilege", "Wire", "Custody", "Addressing",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: bytes
        ),

        // The loop.
        .target(
            name: "Pipeline",
            dependencies: [
                "Records", "Detection", "Baseline", "Policy", "Graph", "Names", "Flows", "Containers", "Wire",
                "Addressing",
            ],
            swiftSettings: bytes
        ),
        .target(
            name: "Monitor",
            dependencies: [
                "Store", "Pipeline", "Records", "Enforcement", "Policy", "Graph", "Flows", "Wire", "CRI", "Runtimes",
                "Containers", "Netlink", "Privilege", "Capture", "CLinux", "Addressing",
            ],
            swiftSettings: bytes
        ),

        .target(
            name: "Agent",
            dependencies: ["HTTP", "Store", "Records", "Flows", "Graph", "Containers", "Addressing"],
            swiftSettings: common
        ),

        .target(
            name: "Configuration",
            dependencies: ["Declarations", "Addressing"],
            swiftSettings: bytes
        ),

        // The person.
        .target(name: "Terminal", dependencies: ["CLinux"], swiftSettings: bytes),
        .target(
            name: "Dashboard",
            dependencies: ["Layout", "Terminal", "Records", "Graph", "Flows", "Containers", "Wire", "Addressing"],
            swiftSettings: bytes
        ),
        .executableTarget(
            name: "portolan",
            dependencies: [
                "Dashboard", "Terminal", "Export", "Evidence", "Layout", "Agent", "Configuration", "Store", "Monitor",
                "HTTP",
                "Pipeline", "Records", "Enforcement", "Detection", "Baseline", "Policy", "Declarations", "Graph",
                "Flows",
                "Wire", "Runtimes", "Containers", "Netlink", "Privilege",
                "Capture", "CLinux", "Custody", "Addressing",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: bytes
        ),

        // Tests: one target a room, and those that need the whole program.
        .target(name: "Support", dependencies: ["Addressing"], path: "Tests/Support", swiftSettings: bytes),
        .testTarget(name: "AddressingTests", dependencies: ["Addressing", "Support"], swiftSettings: bytes),
        .testTarget(name: "CustodyTests", dependencies: ["Custody", "Support"], swiftSettings: bytes),
        .testTarget(name: "WireTests", dependencies: ["Wire", "Addressing", "Support"], swiftSettings: bytes),
        .testTarget(
            name: "CaptureTests",
            dependencies: ["Capture", "Privilege", "CPcap", "CLinux", "Addressing", "Support", "AllocationCount"],
            swiftSettings: bytes
        ),
        .target(name: "KernelCalls", path: "Tests/KernelCalls"),
        .testTarget(
            name: "PrivilegeTests",
            dependencies: ["Privilege", "CLinux", "KernelCalls"],
            swiftSettings: bytes
        ),
        .testTarget(
            name: "NetlinkTests",
            dependencies: ["Netlink", "Privilege", "CMnl", "CLinux", "Addressing", "Support"],
            swiftSettings: bytes
        ),
        .testTarget(name: "HTTPTests", dependencies: ["HTTP", "Support"], swiftSettings: common),
        .testTarget(
            name: "ContainersTests",
            dependencies: ["Containers", "Netlink", "CLinux", "Addressing", "Support"],
            swiftSettings: bytes
        ),
        .testTarget(
            name: "RuntimesTests",
            dependencies: ["Runtimes", "Containers", "HTTP", "Addressing", "Support"],
            swiftSettings: common
        ),
        .testTarget(
            name: "CRITests",
            dependencies: [
                "CRI", "Runtimes", "Containers", "Addressing", "Support",
                .product(name: "GRPCCore", package: "grpc-swift-2", condition: withCRI),
                .product(
                    name: "GRPCNIOTransportHTTP2Posix",
                    package: "grpc-swift-nio-transport",
                    condition: withCRI
                ),
                .product(name: "SwiftProtobuf", package: "swift-protobuf", condition: withCRI),
            ],
            swiftSettings: common
        ),
        .target(name: "AllocationCount", path: "Tests/AllocationCount"),
        .testTarget(
            name: "FlowsTests",
            dependencies: ["Flows", "Wire", "Addressing", "Support", "AllocationCount"],
            swiftSettings: bytes
        ),
        .testTarget(
            name: "NamesTests",
            dependencies: ["Names", "Flows", "Wire", "Addressing", "Support"],
            swiftSettings: bytes
        ),
        .testTarget(
            name: "BaselineTests",
            dependencies: ["Baseline", "Policy", "Containers", "Declarations", "Addressing", "Support"],
            swiftSettings: bytes
        ),
        .testTarget(
            name: "DetectionTests",
            dependencies: ["Detection", "Baseline", "Policy", "Flows", "Containers", "Wire", "Addressing"],
            swiftSettings: bytes
        ),
        .testTarget(
            name: "EnforcementTests",
            dependencies: [
                "Enforcement", "Policy", "Containers", "Netlink", "Privilege", "CLinux", "Addressing", "Support",
            ],
            swiftSettings: bytes
        ),
        .testTarget(
            name: "GraphTests",
            dependencies: ["Graph", "Containers", "Addressing", "Support"],
            swiftSettings: bytes
        ),
        .testTarget(
            name: "LayoutTests",
            dependencies: ["Layout", "Records", "Graph", "Containers", "Addressing"],
            exclude: ["Expected"],
            swiftSettings: bytes
        ),
        .testTarget(
            name: "RecordsTests",
            dependencies: [
                "Records", "Enforcement", "Policy", "Graph", "Containers", "Names", "Flows", "Wire", "Addressing",
                "Support",
            ],
            swiftSettings: bytes
        ),
        .testTarget(
            name: "EvidenceTests",
            dependencies: [
                "Evidence", "Records", "Enforcement", "Policy", "Flows", "Containers", "Wire", "Addressing",
            ],
            swiftSettings: bytes
        ),
        .testTarget(
            name: "ExportTests",
            dependencies: ["Export", "Evidence", "Records", "Layout", "Graph", "Containers", "Addressing"],
            swiftSettings: bytes
        ),
        .testTarget(
            name: "StoreTests",
            dependencies: [
                "Store", "Records", "Enforcement", "Policy", "Graph", "Flows", "Containers", "Wire", "Custody",
                "Addressing", "Support", .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: bytes
        ),
        .testTarget(
            name: "PipelineTests",
            dependencies: ["Pipeline", "Records", "Graph", "Containers", "Flows", "Wire", "Addressing", "Support"],
            swiftSettings: bytes
        ),
        .testTarget(
            name: "MonitorTests",
            dependencies: [
                "Monitor", "Store", "Pipeline", "Enforcement", "Policy", "Privilege", "CLinux", "Containers", "Netlink",
                "Capture", "Records", "Flows", "Wire", "Addressing", "Support",
            ],
            swiftSettings: bytes
        ),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "portolan", "Dashboard", "Configuration", "Monitor", "Pipeline", "Store", "Records", "Enforcement",
                "Policy", "Graph", "Flows", "Wire", "Containers", "Addressing", "Support",
            ],
            exclude: ["Expected"],
            swiftSettings: bytes
        ),
        .testTarget(
            name: "LiveTests",
            dependencies: ["portolan", "Support"],
            exclude: ["Programs"],
            swiftSettings: bytes
        ),
        .testTarget(
            name: "ConfigurationTests",
            dependencies: ["Configuration", "Declarations", "Addressing", "Support"],
            swiftSettings: bytes
        ),
        .testTarget(
            name: "PolicyTests",
            dependencies: ["Policy", "Containers", "Declarations", "Addressing", "Support"],
            swiftSettings: bytes
        ),
        .testTarget(
            name: "AgentTests",
            dependencies: [
                "Agent", "HTTP", "Store", "Records", "Flows", "Graph", "Containers", "Addressing", "Support",
            ],
            swiftSettings: common
        ),
        // What TerminalTests starts on a pseudoterminal.
        .executableTarget(
            name: "TerminalDriver",
            dependencies: ["Terminal"],
            path: "Tests/TerminalDriver",
            swiftSettings: common
        ),
        .testTarget(name: "TerminalTests", dependencies: ["Terminal", "TerminalDriver"], swiftSettings: bytes),
        .testTarget(
            name: "DashboardTests",
            dependencies: [
                "Dashboard", "Layout", "Terminal", "Records", "Graph", "Flows", "Containers", "Wire", "Addressing",
                "Support",
            ],
            exclude: ["Screens"],
            swiftSettings: bytes
        ),
        .testTarget(
            name: "GoldenTests",
            dependencies: [
                "Store", "Monitor", "Pipeline", "Records", "Detection", "Policy", "Graph", "Capture", "Flows", "Wire",
                "Addressing",
                "Support",
            ],
            swiftSettings: bytes
        ),
    ]
)

// What the Makefile builds for release is not worth building all tests for.
if let wanted = Context.environment["PORTOLAN_TESTS"]?.split(separator: " ").map(String.init) {
    package.targets.removeAll { $0.type == .test && !wanted.contains($0.name) }
}

// Only for Tests/Fuzz/fuzz.sh. A library, because SwiftPM gives executables a main and libFuzzer brings its own; and one for all targets,
// because building and linking one takes the time of one.
if Context.environment["PORTOLAN_FUZZ"] == "1" {
    let fuzzed: [Target.Dependency] = [
        "Addressing", "Custody", "Declarations", "Wire", "Capture", "Netlink", "HTTP", "Containers", "Runtimes",
        "CRI", "Flows",
        "Policy", "Baseline", "Detection", "Graph", "Records", "Store", "Monitor", "Agent", "Configuration", "Terminal",
    ]
    package.targets.append(
        .target(
            name: "FuzzTargets",
            dependencies: fuzzed + [
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "SwiftProtobuf", package: "swift-protobuf", condition: withCRI),
            ],
            path: "Tests/Fuzz/Targets"
        )
    )
    package.products.append(.library(name: "FuzzTargets", type: .static, targets: ["FuzzTargets"]))
    let unread = ["CLinux", "CPcap", "CZlib", "CMnl", "KernelCalls", "AllocationCount"]
    for target in package.targets where target.type == .regular && !unread.contains(target.name) {
        let instrumented = SwiftSetting.unsafeFlags([
            "-sanitize=fuzzer,address", "-parse-as-library", "-enable-testing",
        ])
        target.swiftSettings = (target.swiftSettings ?? bytes) + [instrumented]
    }
}

// Only for Tests/Benchmarks: live capture and pipeline alone, the store alone, the layout of charts, and the screen.
if Context.environment["PORTOLAN_BENCHMARKS"] == "1" {
    package.targets.append(
        .executableTarget(
            name: "LiveDriver",
            dependencies: ["Pipeline", "Records", "Containers", "Capture", "Flows", "Addressing"],
            path: "Tests/Benchmarks/LiveDriver",
            swiftSettings: bytes
        )
    )
    package.targets.append(
        .executableTarget(
            name: "StoreDriver",
            dependencies: [
                "Store", "Records", "Graph", "Flows", "Containers", "Wire", "Addressing",
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            path: "Tests/Benchmarks/StoreDriver",
            swiftSettings: bytes
        )
    )
    package.targets.append(
        .executableTarget(
            name: "LayoutDriver",
            dependencies: ["Layout", "Records", "Graph", "Containers", "Addressing"],
            path: "Tests/Benchmarks/LayoutDriver",
            swiftSettings: bytes
        )
    )
    package.targets.append(
        .executableTarget(
            name: "ChartDriver",
            dependencies: ["Dashboard", "Terminal", "Records", "Graph", "Containers", "Addressing"],
            path: "Tests/Benchmarks/ChartDriver",
            swiftSettings: bytes
        )
    )
}
