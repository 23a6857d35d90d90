"""plain.py DEVICE... : turns the offloads of devices of this network namespace off (what ethtool -K does).

With them on, a packet is captured before anything has cut it to size or finished its checksum.
"""

import array
import fcntl
import socket
import struct
import sys

SIOCETHTOOL = 0x8946
SET_TX_CHECKSUM, SET_SCATTER_GATHER, SET_TSO, SET_GSO, SET_GRO = 0x17, 0x19, 0x1F, 0x24, 0x2C

control = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for device in sys.argv[1:]:
    for command in (SET_GRO, SET_GSO, SET_TSO, SET_SCATTER_GATHER, SET_TX_CHECKSUM):
        value = array.array("I", [command, 0])
        request = struct.pack("16sP", device.encode(), value.buffer_info()[0])
        try:
            fcntl.ioctl(control, SIOCETHTOOL, request)
        except OSError as error:
            # A device that has no such offload has nothing to turn off.
            if error.errno != 95:
                raise
