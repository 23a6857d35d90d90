extension ApplicationProtocol {
    /// Tells protocols apart that begin with words, by the first four letters and then as many more as it takes.
    static func text(_ head: PayloadHead, _ payload: RawSpan) -> Self {
        switch head.word {
        case 0x4745_5420, 0x5055_5420:  // "GET ", "PUT "
            return .http
        case 0x504f_5354, 0x4845_4144:  // "POST", "HEAD"
            return head.octet(4) == 0x20 ? .http : .unknown
        case 0x4854_5450:
            return head.first >> 8 == 0x48_5454_502f_312e ? .http : .unknown  // "HTTP/1."
        case 0x4445_4c45:
            return head.first >> 8 == 0x44_454c_4554_4520 ? .http : .unknown  // "DELETE "
        case 0x5452_4143:
            return head.first >> 16 == 0x5452_4143_4520 ? .http : .unknown  // "TRACE "
        case 0x5041_5443:
            return head.first >> 16 == 0x5041_5443_4820 ? .http : .unknown  // "PATCH "
        case 0x5052_4f50:
            return head.first == 0x5052_4f50_4649_4e44 ? .http : .unknown  // "PROPFIND"
        case 0x4f50_5449:
            return head.first == 0x4f50_5449_4f4e_5320 ? options(head) : .unknown  // "OPTIONS "
        case 0x434f_4e4e:
            guard head.first == 0x434f_4e4e_4543_5420 else { return .unknown }  // "CONNECT "
            return head.second >> 56 == 0x7b ? .nats : .http  // "{"
        case 0x5052_4920:
            return head.first == 0x5052_4920_2a20_4854 ? .http2 : .unknown  // "PRI * HT", RFC 9113, section 3.4
        case 0x5353_482d:
            return head.octet(5) == 0x2e ? .ssh : .unknown  // "SSH-", a digit, "."
        case 0x4548_4c4f, 0x4845_4c4f:
            return head.octet(4) == 0x20 ? .smtp : .unknown  // "EHLO ", "HELO "
        case 0x3232_3020, 0x3232_302d:
            return greeting(head, payload)  // "220 ", "220-"
        case 0x2b4f_4b20:
            return .pop3  // "+OK "
        case 0x2a20_4f4b:
            return head.octet(4) == 0x20 ? .imap : .unknown  // "* OK "
        case 0x5553_4552:
            return head.octet(4) == 0x20 ? user(head, payload) : .unknown  // "USER "
        case 0x4e49_434b:
            return head.octet(4) == 0x20 ? .irc : .unknown  // "NICK "
        case 0x4e4f_5449:
            return head.first == 0x4e4f_5449_4345_2041 ? .irc : .unknown  // "NOTICE A", before it knows a nickname
        case 0x4341_5020:
            return head.first >> 16 == 0x4341_5020_4c53 ? .irc : .unknown  // "CAP LS"
        case 0x414d_5150:
            return head.octet(4) <= 3 ? .amqp : .unknown  // "AMQP", a number
        case 0x5246_4220:
            return head.first >> 16 == 0x5246_4220_3030 ? .vnc : .unknown  // "RFB 00"
        case 0x494e_464f:
            return head.first >> 16 == 0x494e_464f_207b ? .nats : .unknown  // "INFO {"
        case 0x4052_5359:
            return head.first == 0x4052_5359_4e43_443a ? .rsync : .unknown  // "@RSYNCD:"
        case 0x5254_5350:
            return head.first >> 16 == 0x5254_5350_2f31 ? .rtsp : .unknown  // "RTSP/1"
        case 0x4445_5343:
            let isRTSP = head.first == 0x4445_5343_5249_4245 && head.second >> 32 == 0x2072_7473
            return isRTSP ? .rtsp : .unknown  // "DESCRIBE rts"
        case 0x5349_502f, 0x494e_5649, 0x5245_4749:
            return isSIP(head) ? .sip : .unknown
        case 0x2b50_4f4e:
            return head.first >> 8 == 0x2b_504f_4e47_0d0a ? .redis : .unknown  // "+PONG" and a line end
        case 0x2d4e_4f41:
            return head.first == 0x2d4e_4f41_5554_4820 ? .redis : .unknown  // "-NOAUTH "
        case 0x6765_7420, 0x6765_7473, 0x7365_7420, 0x6164_6420, 0x7374_6174, 0x7665_7273, 0x5641_4c55, 0x5354_4f52:
            // "get ", "gets", "set ", "add ", "stat", "vers", "VALU", "STOR": words that anybody may use.
            return head.usesPort(11211) ? .memcached : .unknown
        default:
            return byFirstLetter(head, payload)
        }
    }

    private static func byFirstLetter(_ head: PayloadHead, _ payload: RawSpan) -> Self {
        switch head.octet(0) {
        case 0x2a:
            return isRedisArray(head) ? .redis : .unknown  // "*"
        case 0x3a:
            return payload.contains(0x204e_4f54_4943_4520, octets: 8, within: 128) ? .irc : .unknown  // ":", " NOTICE "
        case 0x3c:
            return isSyslog(head) ? .syslog : .unknown  // "<"
        case 0x7b:
            return isStratum(payload) ? .stratum : .unknown  // "{"
        default:
            return .unknown
        }
    }

    /// Three protocols have the method OPTIONS; what it is asked of tells.
    static func options(_ head: PayloadHead) -> Self {
        switch head.second >> 32 {
        case 0x7369_703a: .sip  // "sip:"
        case 0x7274_7370: .rtsp  // "rtsp"
        default: .http
        }
    }

    /// Requests that only SIP has, and its responses (RFC 3261, section 7).
    static func isSIP(_ head: PayloadHead) -> Bool {
        switch head.first {
        case 0x5349_502f_322e_3020: true  // "SIP/2.0 "
        case 0x5245_4749_5354_4552: head.second >> 32 == 0x2073_6970  // "REGISTER sip"
        case 0x494e_5649_5445_2073: head.second >> 48 == 0x6970  // "INVITE sip"
        default: false
        }
    }

    /// Mail and file servers greet with the same number; the port decides, or what they call themselves.
    private static func greeting(_ head: PayloadHead, _ payload: RawSpan) -> Self {
        if head.usesPort(21) { return .ftp }
        if head.usesPort(25) || head.usesPort(587) { return .smtp }
        if payload.contains(0x534d_5450, octets: 4, within: 128) { return .smtp }  // "SMTP"
        return payload.contains(0x465450, octets: 3, within: 128) ? .ftp : .unknown  // "FTP"
    }

    /// Three protocols log in with USER; only chat gives a real name after a colon (RFC 2812, section 3.1.3).
    private static func user(_ head: PayloadHead, _ payload: RawSpan) -> Self {
        if head.usesPort(21) { return .ftp }
        if head.usesPort(110) { return .pop3 }
        return payload.contains(0x203a, octets: 2, within: 128) ? .irc : .unknown
    }

    /// A command is an array of strings: `*`, one or two digits, a line end, `$`.
    private static func isRedisArray(_ head: PayloadHead) -> Bool {
        guard (0x30...0x39).contains(head.octet(1)) else { return false }
        if head.first >> 24 & 0xff_ffff == 0x0d0a24 { return true }
        return (0x30...0x39).contains(head.octet(2)) && head.first >> 16 & 0xff_ffff == 0x0d0a24
    }

    /// A priority up to 191 in angle brackets, then a version or the month (RFC 5424, section 6.2; RFC 3164).
    static func isSyslog(_ head: PayloadHead) -> Bool {
        var priority = 0
        var place: UInt64 = 1
        while place < 4, (0x30...0x39).contains(head.octet(place)) {
            priority = priority * 10 + Int(head.octet(place) - 0x30)
            place += 1
        }
        guard place > 1, priority <= 191, head.octet(place) == 0x3e else { return false }
        let next = head.octet(place + 1)
        return (0x31...0x39).contains(next) || (0x41...0x5a).contains(next)
    }

    /// JSON with which miners ask a pool for work: Bitcoin's, Ethereum's and Monero's dialects.
    private static func isStratum(_ payload: RawSpan) -> Bool {
        if payload.contains(0x226d_696e_696e_672e, octets: 8, within: 512) { return true }  // "\"mining."
        if payload.contains(0x6574_685f_7375_626d, octets: 8, within: 512) { return true }  // "eth_subm"
        return payload.contains(0x226c_6f67_696e_22, octets: 7, within: 512)  // "\"login\""
            && payload.contains(0x226d_6574_686f_6422, octets: 8, within: 512)  // "\"method\""
            && payload.contains(0x2261_6765_6e74_223a, octets: 8, within: 512)  // "\"agent\":"
    }
}
