#ifndef CLINUX_PACKET_SOCKET_H
#define CLINUX_PACKET_SOCKET_H

#include <stdbool.h>
#include <stdint.h>

/// The interface that a packet socket is bound to: its index, 0 for all, -1 once it is gone, -2 when `descriptor` is no
/// packet socket. packet(7); the kernel writes -1 there when the device is unregistered (net/packet/af_packet.c).
int CLinux_packetInterface(int descriptor);

/// Writes the 48-bit hardware address of an interface in the namespace that the socket `descriptor` belongs to.
///
/// False when there is no such interface or it has another kind of address. netdevice(7), SIOCGIFHWADDR, whose struct ifreq
/// is a union that Swift cannot fill in.
bool CLinux_hardwareAddress(int descriptor, const char *name, uint8_t address[6]);

#endif
