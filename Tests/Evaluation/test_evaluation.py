#!/usr/bin/env python3
"""What the evaluation itself does right: its packets, its counting, its judging. Run by make evaluate before it measures."""

import hashlib
import io
import json
import pathlib
import struct
import tempfile
import unittest

import catalogue
import cluster
import declared
import healthy
import journal
import label
import matching
import packets
import pcapfile
import residents
import tally
import tunnels
import zombie
from conversation import Line, whole
from everyday import Everyday
from interfaces import Interfaces

CLIENT = packets.host("02:00:00:00:00:01", "10.0.0.1")
SERVER = packets.host("02:00:00:00:00:02", "10.0.0.2")


def sum_of(data):
    """RFC 1071 word by word: 0xffff when the checksum in it is right."""
    data += b"\0" * (len(data) & 1)
    value = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while value >> 16:
        value = (value & 0xFFFF) + (value >> 16)
    return value


def is_right(frame):
    """Whether the checksums of a frame are."""
    if frame[12:14] == b"\x86\xdd":
        return sum_of(frame[22:54] + struct.pack("!II", len(frame) - 54, frame[20]) + frame[54:]) == 0xFFFF
    ip, payload = frame[14:34], frame[34:]
    pseudo = ip[12:20] + bytes([0, ip[9]]) + struct.pack("!H", len(payload))
    return sum_of(ip) == 0xFFFF and sum_of((pseudo if ip[9] != 1 else b"") + payload) == 0xFFFF


class Packets(unittest.TestCase):
    def test_checksums_are_right_whatever_the_payload(self):
        way = packets.Way(CLIENT, SERVER)
        for number in range(300):
            data = hashlib.sha256(bytes([number & 255])).digest()[: number % 33]
            for frame in (
                way.tcp(number << 16 | 80, number * 77_777_777 & 0xFFFFFFFF, number, packets.ACK, data),
                way.tcp(number << 16 | 80, number, 0, packets.SYN),
                way.udp(number, 53, data),
                way.echo(7, number, data),
            ):
                self.assertTrue(is_right(frame), frame.hex())

    def test_a_checksum_that_is_wrong_is_noticed(self):
        frame = bytearray(packets.Way(CLIENT, SERVER).udp(1, 2, b"abc"))
        frame[-1] ^= 1
        self.assertFalse(is_right(bytes(frame)))

    def test_what_was_cut_counts_in_the_length_and_the_checksum(self):
        way = packets.Way(CLIENT, SERVER)
        self.assertTrue(is_right(way.tcp(1 << 16 | 2, 3, 4, packets.ACK, b"ab", 10) + bytes(8)))

    def test_neighbours_and_groups_are_as_the_standards_have_them(self):
        near, address = packets.host("02:00:00:00:00:01", "fe80::1"), packets.host("00", "fd00::1:2:3").ip
        asked = packets.solicited(address)
        self.assertEqual(asked, packets.host("33:33:ff:02:00:03", "ff02::1:ff02:3"))
        frame = packets.neighbour(packets.Way(near, asked), 135, address, near.mac)
        self.assertTrue(is_right(frame))
        self.assertEqual((frame[21], frame[54], frame[62:78], frame[78:]), (255, 135, address, b"\1\1" + near.mac))
        self.assertEqual(packets.group("239.255.255.250").mac.hex(":"), "01:00:5e:7f:ff:fa")

    def test_a_zombie_resets_what_it_did_not_ask_for_and_numbers_that(self):
        probe = packets.Way(CLIENT, SERVER).tcp(40_000 << 16 | 80, 7, 9, packets.SYN | packets.ACK)
        for number in (1, 0, 0xFFFF):
            reply = zombie.reset(probe, number)
            self.assertTrue(is_right(reply))
            self.assertEqual(struct.unpack_from("!H", reply, 18)[0], number)
        self.assertEqual((reply[26:34], reply[34:42], reply[47]), (SERVER.ip + CLIENT.ip, b"\0\x50\x9c\x40\0\0\0\x09", packets.RST))
        self.assertIsNone(zombie.reset(reply, 2))

    def test_a_name_is_written_as_labels(self):
        self.assertEqual(packets.encoded_name("a.example"), b"\1a\7example\0")


class Files(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self.folder.name) / "x.pcap"

    def tearDown(self):
        self.folder.cleanup()

    def test_what_is_written_is_read_in_order(self):
        pcapfile.write(self.path, [(2_000_000_003, b"late"), (1, b"early", 99)])
        self.assertEqual(pcapfile.read(self.path), (1, [(1, b"early", 99), (2_000_000_003, b"late", 4)]))

    def test_probes_are_moved_apart_and_answers_stay_with_them(self):
        there, back = packets.Way(CLIENT, SERVER), packets.Way(SERVER, CLIENT)
        told = []
        for number in range(3):
            told.append((number * 100, there.tcp(9 << 16 | number + 1, 0, 0, packets.SYN), 58))
            told.append((number * 100 + 7, back.tcp((number + 1) << 16 | 9, 0, 1, packets.RST), 54))
        times = [time for time, _, _ in pcapfile.retimed(1, told, {CLIENT.ip}, 5000)]
        self.assertEqual(times, [0, 7, 5000, 5007, 10_000, 10_007])

    def test_the_innermost_address_is_read(self):
        inner = packets.Way(CLIENT, SERVER).tcp(5 << 16 | 80, 0, 0, packets.SYN)
        near, far = packets.host("02:00:00:00:00:06", "192.0.2.1"), packets.host("02:00:00:00:00:07", "192.0.2.2")
        what = pcapfile.contact(1, packets.vxlan(packets.Way(near, far), 7, inner))
        self.assertEqual((what.protocol, what.source, what.target_port), (6, CLIENT.ip, 80))

    def test_an_error_answers_what_it_quotes(self):
        probe = packets.Way(CLIENT, SERVER).udp(5, 161, b"x")
        what = pcapfile.contact(1, packets.Way(SERVER, CLIENT).unreachable(probe))
        self.assertEqual((what.protocol, what.source, what.source_port, what.target), (17, SERVER.ip, 161, CLIENT.ip))


class Judging(unittest.TestCase):
    def alert(self, rule, source, severity=70, time=5):
        return matching.Alert(rule, source, severity, 1, time, "")

    def judged(self, *alerts, **keys):
        return matching.match("x", label.Label("a scan", ("scan.vertical",), "bad", 3, ("sweep.arp",), **keys), alerts)

    def test_the_right_rule_about_the_right_one_is_found(self):
        outcome = self.judged(self.alert("scan.vertical", "bad"))
        self.assertIsNotNone(outcome.found)
        self.assertEqual(outcome.false, ())

    def test_the_right_rule_about_somebody_else_is_a_miss_and_a_false_alarm(self):
        outcome = self.judged(self.alert("scan.vertical", "good"))
        self.assertIsNone(outcome.found)
        self.assertEqual([alert.source for alert in outcome.false], ["good"])

    def test_what_was_told_before_it_began_does_not_find_it(self):
        self.assertIsNone(self.judged(self.alert("scan.vertical", "bad", time=2)).found)

    def test_other_rules_are_false_alarms_once_each_unless_they_go_with_it_or_are_low(self):
        others = [self.alert("dns.tunnel", "bad")] * 2 + [self.alert("sweep.arp", "bad"), self.alert("beacon.periodic", "bad", 30)]
        self.assertEqual([alert.rule for alert in self.judged(*others).false], ["dns.tunnel"])

    def test_contacts_are_counted_when_their_outcome_is_known(self):
        there, back = packets.Way(CLIENT, SERVER), packets.Way(SERVER, CLIENT)
        told = [(0, there.tcp(9 << 16 | 1, 0, 0, packets.SYN), 58), (10, back.tcp(1 << 16 | 9, 0, 1, packets.RST), 54)]
        told += [(20, there.tcp(9 << 16 | 2, 0, 0, packets.SYN), 58)]
        count = lambda moment: matching.contacts_until(1, told, {CLIENT.ip}, moment, pcapfile.contact)  # noqa: E731
        self.assertEqual([count(5), count(10), count(30), count(1_000_000_020)], [0, 1, 1, 2])

    def test_times_are_read_to_the_nanosecond(self):
        self.assertEqual(matching.nanoseconds("1970-01-01T00:00:01.000000002Z"), 1_000_000_002)
        self.assertEqual(matching.nanoseconds(journal.stamp(1_772_496_000_123_456_789)), 1_772_496_000_123_456_789)

    def test_a_miss_that_is_known_counts_against_nobody(self):
        counts = tally.Tally()
        counts.outcome(self.judged(missed="it is slow"))
        self.assertEqual(counts.rules(), [])
        counts.outcome(self.judged())
        self.assertEqual(counts.missed["scan.vertical"], 1)

    def test_intervals_are_wilsons(self):
        low, high = tally.wilson(9, 10)
        self.assertAlmostEqual(low, 0.5958, 3)
        self.assertAlmostEqual(high, 0.9821, 3)
        self.assertEqual(tally.wilson(0, 0), (0.0, 1.0))


class Catalogue(unittest.TestCase):
    def test_a_rule_without_attacks_is_noticed(self):
        found = matching.match("x", label.Label("a scan", ("a.one", "a.two")), [matching.Alert("a.two", "x", 70, 1, 1, "")])
        missed = matching.match("x", label.Label("another", ("a.three",)), [])
        self.assertEqual(catalogue.uncovered([found, missed], ["a.one", "a.two", "a.three", "a.four"]), ["a.one", "a.four"])

    def test_labels_name_rules_that_there_are(self):
        rules = set(catalogue.rules())
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            for written in (declared, residents, tunnels):
                written.write_all(folder, False)
            labels = [label.read(path) for path in folder.glob("*.pcap")]
        self.assertGreater(len(labels), 30)
        for one in labels:
            self.assertLessEqual({*one.rules, *one.also}, rules, one.attack)

    def test_a_note_has_no_precision(self):
        counts = tally.Tally()
        note = matching.Alert("a.note", "x", 20, 1, 1, "")
        counts.outcome(matching.match("x", label.Label("it", ("a.note",)), [note]))
        self.assertTrue(counts.row("a.note").endswith("| a note |"))
        counts.quiet([note])
        self.assertIn("1/2", counts.row("a.note"))


class HealthyDay(unittest.TestCase):
    def made(self, seed, hours):
        day, line, output = cluster.Cluster(seed, hours), Line(), io.BytesIO()
        healthy.play(day, list(Everyday(day, line).activities()), line, output)
        return day, output.getvalue()

    def test_the_same_seed_gives_the_same_bytes_and_another_one_others(self):
        first, again, other = (self.made(seed, 1)[1] for seed in (1, 1, 2))
        self.assertEqual(hashlib.sha256(first).digest(), hashlib.sha256(again).digest())
        self.assertNotEqual(hashlib.sha256(first).digest(), hashlib.sha256(other).digest())

    def test_packets_are_in_order_and_their_checksums_right(self):
        data, place, last, count, six = self.made(1, 1)[1], 0, 0, 0, 0
        while place < len(data):
            seconds, rest, size, length = struct.unpack_from("<IIII", data, place)
            frame = data[place + 16 : place + 16 + size]
            self.assertLessEqual(last, seconds * 10**9 + rest)
            last, place, count = seconds * 10**9 + rest, place + 16 + size, count + 1
            six += frame[12:14] == b"\x86\xdd"
            if count % 97 == 0 and frame[12:14] in (b"\x08\x00", b"\x86\xdd"):
                self.assertTrue(is_right(frame + bytes(length - size)), frame.hex())
        self.assertGreater(count, 300_000)
        self.assertGreater(six, 30_000)

    def test_each_interface_sees_what_passes_it(self):
        day = cluster.Cluster(1, 1)
        line, (first, second) = Interfaces(day), (pod.host for pod in day.pods[:2])
        outside = packets.Host(cluster.ROUTER, packets.host("00", "192.0.2.1").ip)
        ways = {
            (first, second): [(10, 3), (11, 4)], (first, cluster.BRIDGE): [(10, 0), (3, 0)],
            (cluster.BRIDGE, first): [(3, 4), (10, 4)],
            (outside, cluster.UPLINK): [(2, 0)], (cluster.UPLINK, outside): [(2, 4)],
            (first, packets.group("224.0.0.251")): [(10, 1)],
        }  # fmt: skip
        for (source, target), passed in ways.items():
            line.waiting = []
            line.add(5, packets.Way(source, target).udp(1, 2, b"x"))
            frames = [record[16:] for _, record in line.waiting]
            self.assertEqual([(pcapfile.interface(frame), frame[10]) for frame in frames], passed)
            self.assertEqual(pcapfile.contact(pcapfile.COOKED, frames[-1]).target, target.ip)

    def test_a_hundred_containers_are_replaced_and_the_journal_says_so(self):
        day = cluster.Cluster(1, 3)
        lines = [json.loads(line) for line in day.journal().lines()]
        ended = [line for line in lines if line["portolan"]["change"] == "container_ended"]
        self.assertEqual(len(ended), cluster.UPDATED + 3 * 60)
        self.assertEqual(lines, sorted(lines, key=lambda line: line["@timestamp"]))

    def test_addresses_are_used_again_but_never_by_two_at_once(self):
        day = cluster.Cluster(1, 6)
        holders = {}
        for pod in sorted(day.pods, key=lambda pod: pod.since):
            holders.setdefault(pod.host.ip, []).append(pod)
        self.assertGreater(sum(len(pods) > 1 for pods in holders.values()), 100)
        for pods in holders.values():
            for before, after in zip(pods, pods[1:]):
                self.assertLess(before.until, after.since)

    def test_a_conversation_is_nine_packets(self):
        line = Line()
        whole(line, CLIENT, SERVER, (1, 2), 0, b"q", b"a")
        self.assertEqual(len(line.waiting), 9)


if __name__ == "__main__":
    unittest.main()
