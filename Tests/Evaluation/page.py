"""Docs/Detection.md, of what an evaluation gave."""

import collections
import statistics

OPENING = """\
# Detection, measured

Written by `make evaluate`, which runs one program with one policy, the shipped `Config/portolan.yaml`, over attacks, benign
captures and a simulated day. What a detector is built to see and to miss stands on [its page](Detectors/README.md); here is
what came out.

## What we call an attack, and found

An attack is a capture with a label: the rule by which it is rightly named, who does it, and when it began. It is **found**
when an alert of that rule tells of that container (or of that address, where a capture has no journal) after that time. An
alert of the right rule about somebody else is a miss and a false alarm. A **false alarm** is any other alert at or above
medium, one a rule and subject. Intervals are Wilson's, 95 %. Attacks that only a declaration tells from what is meant (levels,
ways out, feeds, images, resolvers, what was learned of a workload) have one beside them; without it they must be quiet, and so
must those that only the journal tells, without that. Baselines are learned by the program itself, of an hour before.

A **scan** is, to us, somebody who contacts ports or hosts that he was not told of, so that contacts fail: five first contacts
that come to nothing, more than come to something, or too many in five minutes or a day ([Scans](Detectors/Scans.md)). Whoever
asks only what answers scans nothing, in this sense; nor does who asks again for what answered within the hour.

Attacks are made anew by each run: by nmap, hping3 and programs of our own in network namespaces, or written packet by packet
where they take hours. Of nmap's slow paces the packets are real and their times rewritten: -T0 waits 5 min from probe to
probe, -T1 15 s, -T2 0.4 s. nmap's idle scan hides behind a program of ours that counts its packets as old printers do, as
no Linux does. ESP and WireGuard are written packet by packet.
"""

DAY = """\
A day of a node and its 150 pods, by both families, seeded and written packet by packet (`Tests/Evaluation/healthy.py`):
Prometheus scrapes 200 targets every 30 s, the kubelet and a balancer probe, names are looked up under three search domains and
at the resolvers' IPv6 addresses, 100 containers are replaced three times within a quarter of an hour, all caches stop for twenty
minutes, backups go out each hour and 600 MB at night. A cron job runs each minute in a new pod, with an address that another one
had three hours before; leaders renew their leases every 2 s; a mesh's proxies are probed and hold streams, as websockets and
gRPC do; a load test begins 30,000 connections within a minute, of which some are refused or have to try twice. There is neighbour
discovery, mDNS, SSDP, LLMNR, NTP and HTTP/3; a prober pings and traces, mail is looked up in lists of bad senders and visitors are
backwards, a database's members gossip; visitors and strangers come from outside. The same day with a container that tries one port
of one host every ten minutes must give that alert and no other; another such day, watched by the profiles that were learned of this
one, must give none. As each interface sees it, most packets are there twice; at the bridge alone, once.
"""


def text(evaluation):
    parts = [OPENING, "## By rule\n", *by_rule(evaluation), "## By attack\n", *by_attack(evaluation)]
    parts += ["## Known to be missed\n", *evasions(evaluation)]
    parts += ["## Known to be taken for attacks\n", *mistakes(evaluation), "## Quiet\n", *quiet(evaluation)]
    parts += ["## The healthy day\n", DAY, *days(evaluation)]
    if evaluation.lacking:
        lines = [f"- {name}: {why}" for name, why in evaluation.lacking]
        parts += ["## Not run\n", "Never counted as found.\n", "\n".join(lines) + "\n"]
    if evaluation.failures:
        parts += ["## What failed\n", "\n".join(f"- {plain(words)}" for words in evaluation.failures) + "\n"]
    return "\n".join(parts)


def plain(words):
    """Names come from captures; nothing of them is markup."""
    return "".join(letter if letter.isprintable() else "?" for letter in words).replace("<", "&lt;").replace("|", "\\|")


def by_rule(evaluation):
    yield (
        "Recall: of the attacks with that name those that were found. Precision: of what the rule told of what was there. What is\n"
        "only good to know, below medium, raises no alarm, and so has no precision: it is a note.\n"
    )
    lines = ["| rule | recall | precision |", "|---|---|---|"]
    yield "\n".join(lines + [evaluation.tally.row(rule) for rule in evaluation.tally.rules()]) + "\n"


def by_attack(evaluation):
    scans = [outcome for outcome in evaluation.outcomes if outcome.contacts and not outcome.label.hides]
    contacts, failures = [scan.contacts for scan in scans], [scan.found.count for scan in scans]
    if contacts:
        yield (
            "Contacts are the scanner's first contacts whose outcome was known when the alert came, answered ones among them:\n"
            f"the median of all {len(scans)} scans that do not hide is {statistics.median(contacts):g}, "
            f"the greatest {max(contacts)}; of those that failed,\n{statistics.median(failures):g}. "
            "Delay is from the beginning of the attack.\n"
        )
    groups = collections.defaultdict(list)
    for outcome in evaluation.outcomes:
        if outcome.label.rules and not outcome.label.missed:
            groups[outcome.label.attack].append(outcome)
    lines = ["| attack | found | as | contacts, median | greatest | delay, median |", "|---|---|---|---|---|---|"]
    for attack, group in sorted(groups.items(), key=lambda item: item[0].lower()):
        found = [outcome for outcome in group if outcome.found]
        names = ", ".join(f"`{rule}`" for rule in sorted({outcome.found.rule for outcome in found}))
        counts = [outcome.contacts for outcome in found if outcome.contacts]
        delays = [(outcome.found.time - outcome.label.start) / 1e9 for outcome in found if outcome.label.start]
        middle = f"{statistics.median(counts):g}" if counts else ""
        delay = duration(statistics.median(delays)) if delays else ""
        lines.append(
            f"| {plain(attack)} | {len(found)}/{len(group)} | {names or '–'} | {middle} | {max(counts, default='')} | {delay} |"
        )
    yield "\n".join(lines) + "\n"


def duration(seconds):
    for unit, size in (("h", 3600), ("min", 60)):
        if seconds >= 2 * size:
            return f"{seconds / size:.1f} {unit}"
    return f"{seconds:.1f} s"


def evasions(evaluation):
    groups = collections.defaultdict(list)
    for outcome in evaluation.outcomes:
        if outcome.label.missed:
            groups[outcome.label.attack, outcome.label.missed].append(outcome)
    lines = ["| attack | found | why |", "|---|---|---|"]
    for (attack, why), group in sorted(groups.items()):
        found = sum(outcome.found is not None for outcome in group)
        lines.append(f"| {plain(attack)} | {found}/{len(group)} | {plain(why)} |")
    yield "\n".join(lines) + "\n"


def mistakes(evaluation):
    yield (
        "What the detectors' pages have as false positives, made so that it is one; not in the precision above, as any number of\n"
        "it could be made. An exception of a policy ends each.\n"
    )
    groups = collections.defaultdict(list)
    for outcome in evaluation.mistakes:
        groups[outcome.label.attack, outcome.label.mistaken].append(outcome)
    lines = ["| what | told | as | why |", "|---|---|---|---|"]
    for (what, why), group in sorted(groups.items()):
        told = [outcome.found.rule for outcome in group if outcome.found]
        names = ", ".join(f"`{rule}`" for rule in sorted(set(told)))
        lines.append(f"| {plain(what)} | {len(told)}/{len(group)} | {names or '–'} | {plain(why)} |")
    yield "\n".join(lines) + "\n"


def quiet(evaluation):
    if not evaluation.benign:
        yield "The captures from elsewhere were not there.\n"
        return
    yield "Captures of others, of no attack, by category; alerts at or above medium.\n"
    lines = ["| category | captures | alerts |", "|---|---|---|"]
    total, loud = 0, 0
    for category, (count, alerts) in sorted(evaluation.benign.items()):
        lines.append(f"| {category} | {count} | {len(alerts)} |")
        total, loud = total + count, loud + len(alerts)
    lines.append(f"| all | {total} | {loud} |")
    yield "\n".join(lines) + "\n"


def days(evaluation):
    lines = ["| day | the scan | other alerts at or above medium |", "|---|---|---|"]
    for what, scan, scans, rest in evaluation.days:
        names = ", ".join(f"`{alert.rule}`" for alert in scans) or "not found"
        lines.append(f"| {what} | {names if scan else ''} | {len(rest)} |")
    yield "\n".join(lines) + "\n"
