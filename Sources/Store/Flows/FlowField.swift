/// What a stored flow may have besides its columns. Numbers are never given to another field.
enum FlowField: UInt8 {
    case sourceMAC = 1
    case destinationMAC
    case sourceNAT
    case destinationNAT
    case counted
    case icmp
    case tunnel
    case path
    case history
    case twin
    case joinedTo
    case relay
    case sourceDomain
    case destinationDomain
    // What its bytes said.
    case dnsName
    case dnsType
    case dnsCode
    case serverName
    case alpn
    case alpnSelected
    case tlsOffered
    case tlsVersion
    case tlsCipher
    case httpMethod
    case httpHost
    case httpPath
    case httpStatus
    case sshClient
    case sshServer
    case quicVersion
    /// That they said something, and nothing of that is told.
    case details
}
