#define _GNU_SOURCE
#include "Netlink.h"

#include <errno.h>
#include <linux/netlink.h>
#include <string.h>
#include <sys/socket.h>

long CLinux_receiveNetlink(int descriptor, void *buffer, size_t size, bool isWaiting,
                           struct CLinux_NetlinkDatagram *datagram) {
    union {
        struct cmsghdr first;
        // Room for more than the one control message asked for.
        char bytes[CMSG_SPACE(64)];
    } control;
    struct sockaddr_nl sender = {0};
    struct iovec part = {.iov_base = buffer, .iov_len = size};
    struct msghdr message = {
        .msg_name = &sender,
        .msg_namelen = sizeof sender,
        .msg_iov = &part,
        .msg_iovlen = 1,
        .msg_control = &control,
        .msg_controllen = sizeof control,
    };

    memset(datagram, 0, sizeof *datagram);
    ssize_t length;
    do {
        length = recvmsg(descriptor, &message, isWaiting ? 0 : MSG_DONTWAIT);
    } while (length < 0 && errno == EINTR);
    if (length < 0) {
        return -1;
    }
    datagram->sender = sender.nl_pid;
    datagram->isTruncated = (message.msg_flags & MSG_TRUNC) != 0;
    for (struct cmsghdr *item = CMSG_FIRSTHDR(&message); item != NULL; item = CMSG_NXTHDR(&message, item)) {
        if (item->cmsg_level == SOL_NETLINK && item->cmsg_type == NETLINK_LISTEN_ALL_NSID
            && item->cmsg_len >= CMSG_LEN(sizeof(int32_t))) {
            memcpy(&datagram->namespaceIdentifier, CMSG_DATA(item), sizeof(int32_t));
            datagram->isForeign = true;
        }
    }
    return length;
}
