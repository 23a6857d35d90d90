// glibc's own headers first: linux/in.h, which the netfilter headers pull in, then steps aside for netinet/in.h.
#include <sys/socket.h>
#include <netinet/in.h>
#include <net/if.h>

#include <libmnl/libmnl.h>
#include <linux/rtnetlink.h>

/// MNL_SOCKET_BUFFER_SIZE calls sysconf(3), which Swift does not import: the size of a buffer that any one message of the
/// kernel fits in.
static inline size_t CMnl_bufferSize(void) {
    return MNL_SOCKET_BUFFER_SIZE;
}
