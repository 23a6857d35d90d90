#define _GNU_SOURCE
#include "Probes.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/inet_diag.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

// Not in the headers of every system that this is built on.
#ifndef INET_DIAG_CGROUP_ID
#define INET_DIAG_CGROUP_ID 21
#endif

enum { LISTENING = 10, ANSWER_LENGTH = 16384, DUMP_ENDS = 2 };

/// A request and what may stand behind its header.
struct message {
    struct nlmsghdr header;
    char body[256];
};

static void append(struct message *message, const void *bytes, size_t length) {
    memcpy((char *)message + NLMSG_ALIGN(message->header.nlmsg_len), bytes, length);
    message->header.nlmsg_len = NLMSG_ALIGN(message->header.nlmsg_len) + length;
}

static void attribute(struct message *message, unsigned short type, const void *bytes, size_t length) {
    struct nlattr head = {.nla_len = NLA_HDRLEN + length, .nla_type = type};
    append(message, &head, sizeof(head));
    append(message, bytes, length);
}

static void begin(struct message *message, unsigned short type, unsigned short flags) {
    memset(message, 0, sizeof(*message));
    message->header.nlmsg_len = NLMSG_HDRLEN;
    message->header.nlmsg_type = type;
    message->header.nlmsg_flags = NLM_F_REQUEST | flags;
    message->header.nlmsg_seq = 1;
}

/// A netlink socket to which the request was sent, or a negative errno(3). An answer that does not come is given up.
static int ask(int protocol, const struct message *message) {
    int descriptor = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);
    if (descriptor < 0) {
        return -errno;
    }
    struct timeval patience = {.tv_sec = 2};
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
    if (sendto(descriptor, message, message->header.nlmsg_len, 0, (struct sockaddr *)&kernel, sizeof(kernel)) < 0) {
        int code = errno;
        close(descriptor);
        return -code;
    }
    return descriptor;
}

/// What the kernel answered: 0, or a negative errno(3).
static int outcome(int protocol, const struct message *message) {
    int descriptor = ask(protocol, message);
    if (descriptor < 0) {
        return descriptor;
    }
    char answer[ANSWER_LENGTH] __attribute__((aligned(8)));
    ssize_t length = recv(descriptor, answer, sizeof(answer), 0);
    int result = length < 0 ? -errno : 0;
    close(descriptor);
    const struct nlmsghdr *header = (const struct nlmsghdr *)answer;
    if (result == 0 && length >= (ssize_t)NLMSG_LENGTH(sizeof(struct nlmsgerr)) && header->nlmsg_type == NLMSG_ERROR) {
        result = ((const struct nlmsgerr *)NLMSG_DATA(header))->error;
    }
    return result;
}

int CLinux_probeLinkKind(const char *kind) {
    struct message message;
    begin(&message, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL | NLM_F_ACK);
    struct ifinfomsg link = {.ifi_family = AF_UNSPEC};
    append(&message, &link, sizeof(link));
    size_t length = strnlen(kind, 32) + 1;
    struct nlattr information = {.nla_len = NLA_HDRLEN + NLA_HDRLEN + NLA_ALIGN(length), .nla_type = IFLA_LINKINFO};
    append(&message, &information, sizeof(information));
    attribute(&message, IFLA_INFO_KIND, kind, length);
    message.header.nlmsg_len = NLMSG_ALIGN(message.header.nlmsg_len);
    int result = outcome(NETLINK_ROUTE, &message);
    if (result == -EOPNOTSUPP) {
        return 0;
    }
    // A kind that wants more than its name is known all the same.
    return result == 0 || result == -EINVAL || result == -EEXIST ? 1 : result;
}

static int probeNetfilter(unsigned short type) {
    struct message message;
    begin(&message, type, NLM_F_ACK);
    struct nfgenmsg generic = {.nfgen_family = AF_UNSPEC, .version = NFNETLINK_V0};
    append(&message, &generic, sizeof(generic));
    int result = outcome(NETLINK_NETFILTER, &message);
    if (result == -EINVAL || result == -EOPNOTSUPP || result == -EPROTONOSUPPORT) {
        return 0;
    }
    return result == 0 ? 1 : result;
}

int CLinux_probeNftables(void) {
    return probeNetfilter(NFNL_SUBSYS_NFTABLES << 8 | NFT_MSG_GETGEN);
}

int CLinux_probeConntrack(void) {
    return probeNetfilter(NFNL_SUBSYS_CTNETLINK << 8 | IPCTNL_MSG_CT_GET_STATS);
}

/// Whether one of the sockets in a part of a dump has the attribute; DUMP_ENDS at its end.
static int findCgroup(const char *answer, ssize_t length) {
    const struct nlmsghdr *header = (const struct nlmsghdr *)answer;
    for (; NLMSG_OK(header, length); header = NLMSG_NEXT(header, length)) {
        if (header->nlmsg_type == NLMSG_DONE || header->nlmsg_type == NLMSG_ERROR) {
            return DUMP_ENDS;
        }
        if (header->nlmsg_len < NLMSG_LENGTH(sizeof(struct inet_diag_msg))) {
            continue;
        }
        const struct inet_diag_msg *socket = NLMSG_DATA(header);
        const struct rtattr *detail = (const struct rtattr *)(socket + 1);
        int left = header->nlmsg_len - NLMSG_LENGTH(sizeof(*socket));
        for (; RTA_OK(detail, left); detail = RTA_NEXT(detail, left)) {
            if (detail->rta_type == INET_DIAG_CGROUP_ID) {
                return 1;
            }
        }
    }
    return 0;
}

int CLinux_probeSocketCgroup(void) {
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listener < 0 || listen(listener, 1) != 0) {
        int code = errno;
        if (listener >= 0) {
            close(listener);
        }
        return -code;
    }
    struct message message;
    begin(&message, SOCK_DIAG_BY_FAMILY, NLM_F_DUMP);
    struct inet_diag_req_v2 request = {
        .sdiag_family = AF_INET, .sdiag_protocol = IPPROTO_TCP, .idiag_states = 1u << LISTENING};
    append(&message, &request, sizeof(request));
    int descriptor = ask(NETLINK_SOCK_DIAG, &message);
    int found = descriptor < 0 ? descriptor : 0;
    while (found == 0) {
        char answer[ANSWER_LENGTH] __attribute__((aligned(8)));
        ssize_t length = recv(descriptor, answer, sizeof(answer), 0);
        found = length < 0 ? -errno : findCgroup(answer, length);
    }
    if (found == DUMP_ENDS) {
        found = 0;
    }
    if (descriptor >= 0) {
        close(descriptor);
    }
    close(listener);
    return found;
}
