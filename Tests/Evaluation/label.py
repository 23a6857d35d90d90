"""What is in a capture: which attack, under which rule it must be found, and who does it."""

import dataclasses
import json


@dataclasses.dataclass
class Label:
    # The kind of attack, as the page calls it.
    attack: str
    # By any of these it is rightly named; none: nothing is to be found.
    rules: tuple = ()
    # The container that does it, or the address; None where nobody can tell.
    source: str | None = None
    # Nanoseconds; what is told before is no finding of it.
    start: int | None = None
    # Rules that speak of the same packets in another way, neither right nor wrong.
    also: tuple = ()
    # Why it may be missed, when that is known. Then it counts as an evasion, and not against the detector.
    missed: str | None = None
    # Addresses whose contacts are counted, in hexadecimal; of scans.
    scanner: tuple = ()
    # Whether it does what is said to hide a scan, and so takes longer to be found.
    hides: bool = False
    # Whether only a journal tells of it: without one its rules abstain.
    journal: bool = False
    # Why it is no attack at all, though it is known to be taken for one. Then `rules` are what it is taken for.
    mistaken: str | None = None

    def write(self, path):
        path.with_suffix(".json").write_text(json.dumps(dataclasses.asdict(self)))


def read(path):
    """The label of a capture of our own."""
    fields = json.loads(path.with_suffix(".json").read_text())
    for key in ("rules", "also", "scanner"):
        fields[key] = tuple(fields[key])
    return Label(**fields)
