#ifndef CLINUX_NETLINK_H
#define CLINUX_NETLINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// What is known of a datagram besides its bytes.
struct CLinux_NetlinkDatagram {
    /// Who sent it, as the kernel says: 0 is the kernel itself. netlink(7), nl_pid.
    uint32_t sender;
    /// Whether it came from another network namespace, with NETLINK_LISTEN_ALL_NSID set on the socket.
    bool isForeign;
    /// Which namespace, by the number it has in the socket's own; only when `isForeign`.
    int32_t namespaceIdentifier;
    /// Whether it was longer than the buffer.
    bool isTruncated;
};

/// Reads one datagram; its length, or -1 with errno(3). Waits when it shall and the socket is blocking.
///
/// recvmsg(2), whose control messages Swift cannot walk, and libmnl does not hand out.
long CLinux_receiveNetlink(int descriptor, void *buffer, size_t size, bool isWaiting,
                           struct CLinux_NetlinkDatagram *datagram);

#endif
