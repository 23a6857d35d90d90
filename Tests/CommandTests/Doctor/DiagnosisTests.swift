import Glibc
import Testing

@testable import portolan

/// What facts are judged to mean, without a host.
@Suite("Diagnosis")
struct DiagnosisTests {
    /// A host on which nothing lacks.
    private static var fit: HostFacts {
        HostFacts(
            kernelRelease: "6.18.1",
            hasModules: true,
            library: "libpcap version 1.10.3",
            captureFailure: nil,
            features: Dictionary(uniqueKeysWithValues: KernelFeature.allCases.map { ($0, .present) }),
            landlock: .version(7),
            cgroupVersions: [2],
            seesHostProcesses: true,
            capabilities: .max,
            isRoot: true,
            executable: "/usr/bin/portolan",
            runtimes: [HostFacts.Runtime(name: "docker", path: "/var/run/docker.sock", answer: .connected)],
            speaksCRI: false
        )
    }

    private static func checks(_ change: (inout HostFacts) -> Void) -> [String: Check] {
        var facts = fit
        change(&facts)
        return Dictionary(uniqueKeysWithValues: Diagnosis(facts).checks.map { ($0.identifier, $0) })
    }

    private static func isFit(_ change: (inout HostFacts) -> Void) -> Bool {
        var facts = fit
        change(&facts)
        return Diagnosis(facts).isFit
    }

    @Test func findsNothingWhereNothingLacks() {
        let checks = Diagnosis(Self.fit).checks
        #expect(checks.count == 1 + Capability.allCases.count + KernelFeature.allCases.count + 4)
        #expect(checks.allSatisfy { $0.outcome == .ok && $0.cost == nil && $0.remedy == nil })
        #expect(Diagnosis(Self.fit).isFit)
        #expect(Set(checks.map(\.identifier)).count == checks.count)
    }

    @Test(arguments: [ENOSYS, EOPNOTSUPP, EPERM])
    func tellsWhatLandlockIsFor(code: Int32) throws {
        #expect(Self.checks { $0.landlock = .version(3) }["kernel.landlock"]?.finding == "version 3")
        let check = try #require(Self.checks { $0.landlock = .refused(code) }["kernel.landlock"])
        #expect(check.outcome == .lacking && check.cost != nil && check.remedy != nil)
        #expect(Self.isFit { $0.landlock = .refused(code) })
    }

    @Test func twoCapabilitiesCostOnlyDetail() {
        #expect(Capability.allCases.filter { !$0.isNeeded } == [.dacReadSearch, .netBroadcast])
    }

    @Test(arguments: Capability.allCases)
    func tellsWhatACapabilityCosts(capability: Capability) {
        let identifier = "capability." + capability.name.dropFirst(4).lowercased()
        let checks = Self.checks {
            $0.capabilities = ~(1 << capability.rawValue)
            $0.isRoot = false
        }
        #expect(checks[identifier]?.outcome == (capability.isNeeded ? .missing : .lacking))
        #expect(checks[identifier]?.cost == capability.cost)
        #expect(checks[identifier]?.remedy?.hasPrefix("sudo setcap ") == true)
        #expect(checks[identifier]?.remedy?.contains(capability.name.lowercased()) == true)
        #expect(checks[identifier]?.remedy?.hasSuffix("+ep /usr/bin/portolan") == true)
        #expect(checks.values.count { $0.outcome != .ok } == 1)
        #expect(Self.isFit { $0.capabilities = ~(1 << capability.rawValue) } == !capability.isNeeded)
    }

    @Test func advisesRootToStartTheContainerWithMore() {
        let checks = Self.checks { $0.capabilities = 0 }
        #expect(checks["capability.net_admin"]?.remedy?.hasPrefix("docker run --cap-add NET_ADMIN ") == true)
    }

    @Test func doesNotGuessCapabilities() {
        let checks = Self.checks { $0.capabilities = nil }
        #expect(checks["capability.net_raw"]?.outcome == .unknown)
        #expect(Self.isFit { $0.capabilities = nil })
    }

    @Test func needsACapture() {
        let checks = Self.checks { $0.captureFailure = "cannot capture on any: some words" }
        #expect(checks["capture.any"]?.outcome == .missing)
        #expect(checks["capture.any"]?.finding == "cannot capture on any: some words")
        #expect(!Self.isFit { $0.captureFailure = "x" })
    }

    @Test(arguments: KernelFeature.allCases)
    func tellsWhatAFeatureCosts(feature: KernelFeature) {
        let absent = Self.checks { $0.features[feature] = .absent }["kernel." + feature.rawValue]
        #expect(absent?.outcome == .lacking)
        #expect(absent?.cost == feature.cost)
        if let module = feature.module {
            #expect(absent?.remedy == "sudo modprobe \(module.name)")
            let fixed = Self.checks {
                $0.features[feature] = .absent
                $0.hasModules = false
            }
            #expect(fixed["kernel." + feature.rawValue]?.remedy?.contains(module.option) == true)
        }
        let unknown = Self.checks { $0.features[feature] = .unknown("no right") }["kernel." + feature.rawValue]
        #expect(unknown?.outcome == .unknown)
        #expect(unknown?.finding == "no right")
        #expect(Self.isFit { $0.features[feature] = .absent })
        #expect(Self.checks { $0.features[feature] = nil }["kernel." + feature.rawValue]?.outcome == .unknown)
    }

    @Test func needsAHierarchyOfControlGroups() {
        #expect(Self.checks { $0.cgroupVersions = [] }["kernel.cgroup"]?.outcome == .missing)
        #expect(Self.checks { $0.cgroupVersions = [2, 1] }["kernel.cgroup"]?.finding == "version 1 and version 2")
    }

    @Test func tellsThatOnlyAPartOfTheHostIsSeen() {
        #expect(Self.checks { $0.seesHostProcesses = false }["containers.processes"]?.outcome == .lacking)
        #expect(Self.checks { $0.seesHostProcesses = nil }["containers.processes"]?.outcome == .unknown)
    }

    @Test func takesARuntimeThatIsNotThereForNoFault() {
        func check(_ answer: HostFacts.Runtime.Answer) -> Check? {
            Self.checks { $0.runtimes[0].answer = answer }["containers.docker"]
        }
        #expect(check(.noSocket)?.outcome == Check.Outcome.none)
        #expect(check(.noSocket)?.remedy == nil)
        #expect(check(.refused(ECONNREFUSED))?.outcome == .lacking)
        #expect(check(.refused(ECONNREFUSED))?.remedy == "sudo systemctl restart docker")
        #expect(check(.refused(EACCES))?.remedy == "sudo /usr/bin/portolan doctor")
        #expect(check(.refused(EACCES))?.finding == "/var/run/docker.sock: Permission denied")
    }

    @Test(arguments: ["containerd", "crio"]) func saysWhetherTheLabelsOfPodsAreAskedFor(name: String) {
        func finding(_ answer: HostFacts.Runtime.Answer, speaksCRI: Bool) -> String? {
            let check = Self.checks {
                $0.runtimes = [HostFacts.Runtime(name: name, path: "/run/x.sock", answer: answer)]
                $0.speaksCRI = speaksCRI
            }["containers.\(name)"]
            #expect(check?.cost == nil || answer == .refused(ECONNREFUSED))
            return check?.finding
        }
        #expect(finding(.connected, speaksCRI: true) == "/run/x.sock, asked for the labels of pods")
        #expect(finding(.connected, speaksCRI: false) == "/run/x.sock, not asked: built without the trait CRI")
        #expect(finding(.noSocket, speaksCRI: false) == "nothing at /run/x.sock")
        #expect(finding(.refused(ECONNREFUSED), speaksCRI: true) == "/run/x.sock: Connection refused")
        #expect(Self.checks { $0.speaksCRI = false }["containers.docker"]?.finding == "/var/run/docker.sock")
    }

    @Test func saysInTheEndWhatAllOfItComesTo() {
        func last(_ change: (inout HostFacts) -> Void) -> String? {
            var facts = Self.fit
            change(&facts)
            let text = DoctorText(style: TextStyle(choice: .never)).text(Diagnosis(facts).checks, release: "6")
            return text.split(separator: "\n").last.map(String.init)
        }
        #expect(last { _ in } == "All that is needed is here.")
        #expect(last { $0.features[.vxlan] = .absent } == "All that is needed is here; 1 more costs detail.")
        #expect(last { $0.cgroupVersions = [] } == "One thing that is needed is missing.")
        #expect(
            last {
                $0.capabilities = 0
                $0.features[.vxlan] = .absent
            } == "4 things that are needed are missing; 3 more cost detail."
        )
    }

    @Test func tellsOnceWhatMendsSeveralThings() {
        var facts = Self.fit
        facts.capabilities = 0
        facts.isRoot = false
        let text = DoctorText(style: TextStyle(choice: .never)).text(Diagnosis(facts).checks, release: "6")
        #expect(text.matches(of: /mend: sudo setcap/).count == 1)
        #expect(text.matches(of: #/costs: /#).count == Capability.allCases.count)
    }

    @Test func keepsNamesFromOutsideOffTheTerminal() {
        var facts = Self.fit
        facts.runtimes[0].path = "/a\u{1b}[2J\n"
        let text = DoctorText(style: TextStyle(choice: .never)).text(Diagnosis(facts).checks, release: "6\u{7}")
        #expect(!text.contains("\u{1b}") && !text.contains("\u{7}"))
        #expect(text.contains("/a\u{fffd}[2J\u{fffd}"))
    }
}
