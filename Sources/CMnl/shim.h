// glibc's own headers first: linux/in.h, which the netfilter headers pull in, then steps aside for netinet/in.h.
#include <sys/socket.h>
#include <netinet/in.h>
#include <net/if.h>

#include <libmnl/libmnl.h>
#include <linux/rtnetlink.h>
#include <linux/net_namespace.h>
#include <linux/sock_diag.h>
#include <linux/inet_diag.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>
#include <linux/netfilter/nf_conntrack_common.h>
#include <linux/netfilter/nf_tables.h>

/// MNL_SOCKET_BUFFER_SIZE calls sysconf(3), which Swift does not import: the size of a buffer that any one message of the
/// kernel fits in.
static inline size_t CMnl_bufferSize(void) {
    return MNL_SOCKET_BUFFER_SIZE;
}

/// NLA_TYPE_MASK is a compound macro, which Swift does not import: the bits of an attribute's type without its flags.
static const uint16_t CMnl_attributeTypeMask = NLA_TYPE_MASK;
