/* flood DEVICE PACKETS FLOWS SECONDS : sends so many packets and begins so many TCP connections a second.

   A connection is PACKETS / FLOWS packets long, begins with a handshake, ends in order, and lasts about a second. Both ends
   are ours: 48 clients in 10.1.0.0/24 and 4 servers in 10.2.0.0/24, so that a graph of them is small. Prints "sent N". */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/ip.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

enum { BATCH = 64, TICKS = 500, CLIENTS = 48, SERVERS = 4, DATA = 64 };

struct frame {
    struct ether_header ethernet;
    struct iphdr ip;
    struct tcphdr tcp;
    uint8_t data[DATA];
} __attribute__((packed));

struct connection {
    uint64_t number;
    uint32_t sent[2];
    unsigned packet;
};

static uint16_t sum(const void *bytes, size_t length) {
    const uint16_t *words = bytes;
    uint32_t total = 0;
    for (size_t i = 0; i < length / 2; i++) total += words[i];
    while (total >> 16) total = (total & 0xffff) + (total >> 16);
    return (uint16_t)~total;
}

/* The next packet of a connection of `length`: handshake, data both ways in turn, and a FIN of each end. */
static void fill(struct frame *frame, struct connection *connection, unsigned length) {
    unsigned packet = connection->packet++;
    int is_answer = packet % 2 == 1;
    int is_data = packet > 2 && packet + 3 < length;
    uint64_t number = connection->number;
    uint32_t client = htonl(0x0a010001u + number % CLIENTS), server = htonl(0x0a020001u + number % SERVERS);
    uint16_t port = htons(1024 + number / CLIENTS % 60000), service = htons(8000 + number % SERVERS);
    memset(frame, 0, sizeof *frame);
    /* To nobody: the kernel of the other end looks at it and throws it away. */
    memcpy(frame->ethernet.ether_dhost, is_answer ? "\2\0\0\0\0\1" : "\2\0\0\0\0\2", 6);
    memcpy(frame->ethernet.ether_shost, is_answer ? "\2\0\0\0\0\2" : "\2\0\0\0\0\1", 6);
    frame->ethernet.ether_type = htons(ETHERTYPE_IP);
    frame->ip = (struct iphdr){.ihl = 5, .version = 4, .ttl = 64, .protocol = IPPROTO_TCP};
    frame->ip.saddr = is_answer ? server : client;
    frame->ip.daddr = is_answer ? client : server;
    frame->ip.tot_len = htons(sizeof frame->ip + sizeof frame->tcp + (is_data ? DATA : 0));
    frame->ip.check = sum(&frame->ip, sizeof frame->ip);
    frame->tcp.source = is_answer ? service : port;
    frame->tcp.dest = is_answer ? port : service;
    frame->tcp.seq = htonl(1 + connection->sent[is_answer]);
    frame->tcp.ack_seq = htonl(1 + connection->sent[!is_answer]);
    frame->tcp.doff = 5;
    frame->tcp.window = htons(65535);
    frame->tcp.syn = packet < 2;
    frame->tcp.ack = packet > 0;
    frame->tcp.fin = length > 5 && (packet + 3 == length || packet + 2 == length);
    frame->tcp.psh = is_data;
    connection->sent[is_answer] += is_data ? DATA : frame->tcp.syn || frame->tcp.fin;
}

static int open_device(const char *name) {
    int link = socket(AF_PACKET, SOCK_RAW, 0);
    struct sockaddr_ll place = {.sll_family = AF_PACKET, .sll_ifindex = (int)if_nametoindex(name)};
    if (link < 0 || !place.sll_ifindex || bind(link, (struct sockaddr *)&place, sizeof place) < 0) return -1;
    return link;
}

int main(int count, char **words) {
    if (count != 5) return fprintf(stderr, "flood DEVICE PACKETS FLOWS SECONDS\n"), 64;
    unsigned long rate = strtoul(words[2], NULL, 10), flows = strtoul(words[3], NULL, 10), seconds = strtoul(words[4], NULL, 10);
    if (rate < TICKS || rate > 1000000 || flows == 0 || rate / flows < 6) return fprintf(stderr, "no such rate\n"), 64;
    int link = open_device(words[1]);
    if (link < 0) return perror(words[1]), 1;
    unsigned length = (unsigned)(rate / flows);
    struct connection *connections = calloc(flows, sizeof *connections);
    if (!connections) return perror("memory"), 1;
    uint64_t number = 0, sent = 0, place = 0;
    /* Each at another point of its life, so that as many begin at any time. */
    for (unsigned long i = 0; i < flows; i++) connections[i] = (struct connection){.number = number++, .packet = i % length};
    static struct frame frames[BATCH];
    static struct iovec pieces[BATCH];
    static struct mmsghdr messages[BATCH];
    struct timespec next;
    clock_gettime(CLOCK_MONOTONIC, &next);
    for (unsigned long tick = 0; tick < seconds * TICKS; tick++) {
        unsigned long left = rate / TICKS;
        while (left > 0) {
            unsigned batch = left < BATCH ? (unsigned)left : BATCH;
            for (unsigned i = 0; i < batch; i++) {
                struct connection *connection = &connections[place++ % flows];
                if (connection->packet == length) *connection = (struct connection){.number = number++};
                fill(&frames[i], connection, length);
                pieces[i].iov_base = &frames[i];
                pieces[i].iov_len = sizeof frames[i].ethernet + ntohs(frames[i].ip.tot_len);
                messages[i].msg_hdr.msg_iov = &pieces[i];
                messages[i].msg_hdr.msg_iovlen = 1;
            }
            for (unsigned done = 0; done < batch;) {
                int taken = sendmmsg(link, messages + done, batch - done, 0);
                if (taken > 0) done += (unsigned)taken, sent += (unsigned)taken;
                else if (errno != ENOBUFS && errno != EINTR && errno != EAGAIN) return perror("sendmmsg"), 1;
            }
            left -= batch;
        }
        next.tv_nsec += 1000000000 / TICKS;
        if (next.tv_nsec >= 1000000000) next.tv_sec++, next.tv_nsec -= 1000000000;
        while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, NULL) == EINTR) {}
    }
    printf("sent %llu\n", (unsigned long long)sent);
    return 0;
}
