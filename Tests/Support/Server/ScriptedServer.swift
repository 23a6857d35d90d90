import Foundation
import Glibc

/// A server at a Unix socket that says exactly what a test tells it to, right or wrong, and as slowly.
///
/// Each connection gets a thread of its own, which reads one request and plays the script for what it asks.
public final class ScriptedServer: @unchecked Sendable {
    /// What it does next on a connection.
    public enum Step: Sendable {
        case send([UInt8])
        case pause(Duration)
        /// Sends what the feed is given, a chunk for each piece, until the feed or the connection ends.
        case follow(Feed)
        /// Says nothing more until the other end gives up.
        case hang

        /// Sends text as it stands.
        public static func text(_ text: String) -> Self { .send(Array(text.utf8)) }

        /// A whole answer.
        public static func answer(_ body: String, status: String = "200 OK") -> Self {
            .text("HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
        }

        /// The head of an answer that comes in chunks.
        public static var chunkedHead: Self { .text("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n") }

        /// One chunk of such an answer; an empty one ends it.
        public static func chunk(_ text: String) -> Self {
            .text(String(text.utf8.count, radix: 16) + "\r\n" + text + "\r\n")
        }
    }

    /// Where it listens.
    public let path: String
    private let script: @Sendable (String) -> [Step]
    private let lock = NSLock()
    private var listener: Int32 = -1
    private var connections: Set<Int32> = []
    private var asked: [String] = []

    /// Starts listening, and answers each target as `script` says. With `path`, at a place where one was before.
    public init(path: String? = nil, script: @escaping @Sendable (String) -> [Step]) throws {
        self.path = path ?? Self.freshPath()
        self.script = script
        try listen()
    }

    deinit { stop() }

    /// A path where nothing is yet, short enough for a socket.
    public static func freshPath() -> String { "/tmp/portolan-\(getpid())-\(UInt32.random(in: 0 ... .max)).sock" }

    /// The targets that were asked for so far.
    public var targets: [String] { lock.withLock { asked } }

    /// Connections that are open.
    public var openConnections: Int { lock.withLock { connections.count } }

    /// Ends every connection, and listens no more; the socket's file goes too.
    public func stop() {
        lock.withLock {
            if listener >= 0 {
                // The thread that accepts closes it: its number may be another's at once.
                shutdown(listener, Int32(SHUT_RDWR))
                listener = -1
                unsafe unlink(path)
            }
            for connection in connections { shutdown(connection, Int32(SHUT_RDWR)) }
        }
    }

    private func listen() throws {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8.prefix(107)) }
        unsafe unlink(path)
        let bound = unsafe withUnsafePointer(to: &address) { address in
            unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe bind(descriptor, address, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard descriptor >= 0, bound == 0, Glibc.listen(descriptor, 64) == 0 else {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
        }
        lock.withLock { listener = descriptor }
        Thread { [weak self] in
            while true {
                let connection = accept(descriptor, nil, nil)
                guard connection >= 0 else { break }
                guard let self else {
                    close(connection)
                    break
                }
                lock.withLock { _ = connections.insert(connection) }
                Thread { self.serve(connection) }.start()
            }
            close(descriptor)
        }.start()
    }

    private func serve(_ connection: Int32) {
        if let target = Self.readTarget(connection) {
            lock.withLock { asked.append(target) }
            for step in script(target) {
                guard play(step, on: connection) else { break }
            }
        }
        lock.withLock {
            connections.remove(connection)
            close(connection)
        }
    }

    private func play(_ step: Step, on connection: Int32) -> Bool {
        switch step {
        case .send(let bytes):
            return Self.write(bytes, to: connection)
        case .pause(let time):
            usleep(UInt32(time / .microseconds(1)))
            return true
        case .follow(let feed):
            while let piece = feed.next(while: { !Self.isClosed(connection) }) {
                guard play(.chunk(piece), on: connection) else { return false }
            }
            return true
        case .hang:
            while !Self.isClosed(connection) { usleep(2000) }
            return false
        }
    }

    private static func write(_ bytes: [UInt8], to connection: Int32) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { bytes in
                unsafe send(
                    connection,
                    bytes.baseAddress.map { unsafe $0 + sent },
                    bytes.count - sent,
                    Int32(MSG_NOSIGNAL)
                )
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// Whether the other end has closed it.
    private static func isClosed(_ connection: Int32) -> Bool {
        var byte: UInt8 = 0
        let count = unsafe recv(connection, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT))
        return count == 0 || (count < 0 && errno != EAGAIN)
    }

    /// Reads a request's head, and what it asks for.
    private static func readTarget(_ connection: Int32) -> String? {
        var head: [UInt8] = []
        var byte: UInt8 = 0
        while !head.ends(with: "\r\n\r\n"), head.count < 65_536 {
            guard unsafe recv(connection, &byte, 1, 0) == 1 else { return nil }
            head.append(byte)
        }
        let words = String(decoding: head, as: UTF8.self).prefix { $0 != "\r\n" }.split(separator: " ")
        return words.count == 3 && words[0] == "GET" ? String(words[1]) : nil
    }
}

extension [UInt8] {
    fileprivate func ends(with text: String) -> Bool { suffix(text.utf8.count).elementsEqual(text.utf8) }
}
