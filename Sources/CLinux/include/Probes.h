#ifndef CLINUX_PROBES_H
#define CLINUX_PROBES_H

/// Each of these asks the kernel whether it has something, in the calling thread's network namespace: 1 yes, 0 no, or a
/// negative errno(3) when it would not say. They change the namespace: to be called in one made for the purpose.

/// Makes a link of a kind such as "veth". rtnetlink(7); the kernel may load a module for it, as for whoever makes one.
int CLinux_probeLinkKind(const char *kind);

/// Asks nf_tables for its generation. linux/netfilter/nf_tables.h, NFT_MSG_GETGEN.
int CLinux_probeNftables(void);

/// Asks connection tracking for its counters. linux/netfilter/nfnetlink_conntrack.h, IPCTNL_MSG_CT_GET_STATS.
int CLinux_probeConntrack(void);

/// Listens on a TCP port and looks whether sock_diag(7) tells the control group of the socket (since Linux 5.9).
int CLinux_probeSocketCgroup(void);

#endif
