/// What kind of thing a rule finds; the first word of its identifier, such as `scan` of `scan.vertical`.
package enum RuleCategory: String, Hashable, Sendable, CaseIterable {
    case scan, sweep, crossing, egress, destination, baseline, listener, rogue, flood, amplification, dns, tunnel,
        beacon
    case exfiltration, spoofing, overlay, plaintext, audit, enforcement
    case blindSpot = "blind_spot"
}
