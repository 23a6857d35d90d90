#define _GNU_SOURCE
#include "PacketSocket.h"

#include <net/if.h>
#include <net/if_arp.h>
#include <netpacket/packet.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

int CLinux_packetInterface(int descriptor) {
    struct sockaddr_ll address;
    socklen_t length = sizeof(address);
    memset(&address, 0, sizeof(address));
    if (getsockname(descriptor, (struct sockaddr *)&address, &length) != 0 || address.sll_family != AF_PACKET) {
        return -2;
    }
    return address.sll_ifindex;
}

bool CLinux_hardwareAddress(int descriptor, const char *name, uint8_t address[6]) {
    struct ifreq request;
    memset(&request, 0, sizeof(request));
    if (strlen(name) >= sizeof(request.ifr_name)) {
        return false;
    }
    memcpy(request.ifr_name, name, strlen(name));
    if (ioctl(descriptor, SIOCGIFHWADDR, &request) != 0 || request.ifr_hwaddr.sa_family != ARPHRD_ETHER) {
        return false;
    }
    memcpy(address, request.ifr_hwaddr.sa_data, 6);
    return true;
}
