/// What two programs speak above the transport, as far as bytes tell.
///
/// A port is never enough; it only decides between protocols whose bytes look alike.
@frozen public enum ApplicationProtocol: UInt8, CaseIterable, Hashable, Sendable {
    case unknown
    // Names and addresses.
    case dns, mdns, llmnr, netbios, dhcp, dhcpv6
    // Security.
    case tls, dtls, quic, ssh, wireguard
    // The web and calls.
    case http, http2, sip, rtsp, stun, ssdp
    // Stores and queues.
    case postgresql, mysql, mongodb, redis, memcached, mqtt, amqp, nats
    // Mail, files, chat.
    case smtp, pop3, imap, ftp, tftp, smb, rsync, bittorrent, irc
    // Operations.
    case ntp, snmp, syslog, ldap, rdp, vnc, telnet
    // Money.
    case stratum
}

extension ApplicationProtocol: CustomStringConvertible {
    /// The value of ECS `network.protocol`.
    public var description: String {
        switch self {
        case .unknown: "unknown"
        case .dns: "dns"
        case .mdns: "mdns"
        case .llmnr: "llmnr"
        case .netbios: "netbios"
        case .dhcp: "dhcp"
        case .dhcpv6: "dhcpv6"
        case .tls: "tls"
        case .dtls: "dtls"
        case .quic: "quic"
        case .ssh: "ssh"
        case .wireguard: "wireguard"
        case .http: "http"
        case .http2: "http2"
        case .sip: "sip"
        case .rtsp: "rtsp"
        case .stun: "stun"
        case .ssdp: "ssdp"
        case .postgresql: "postgresql"
        case .mysql: "mysql"
        case .mongodb: "mongodb"
        case .redis: "redis"
        case .memcached: "memcached"
        case .mqtt: "mqtt"
        case .amqp: "amqp"
        case .nats: "nats"
        case .smtp: "smtp"
        case .pop3: "pop3"
        case .imap: "imap"
        case .ftp: "ftp"
        case .tftp: "tftp"
        case .smb: "smb"
        case .rsync: "rsync"
        case .bittorrent: "bittorrent"
        case .irc: "irc"
        case .ntp: "ntp"
        case .snmp: "snmp"
        case .syslog: "syslog"
        case .ldap: "ldap"
        case .rdp: "rdp"
        case .vnc: "vnc"
        case .telnet: "telnet"
        case .stratum: "stratum"
        }
    }
}
