"""What is said in the clear and should not be: images, and whatever goes from host to host; made in the lab."""

import label
from group import NOISE, Group

# What is said, and at which port.
SAID = {"Redis": ("PING", 6379), "memcached": ("get session", 11211), "HTTP": ("GET / HTTP/1.0\r\n", 8080)}


class Clear(Group):
    def __init__(self, lab, quick=False, rounds=3):
        super().__init__(lab, quick, rounds)
        self.puller = lab.container("puller", 44)
        self.outside, self.tenant, self.node = lab.places["outside"], lab.places["tenant"], lab.places["node-2"]

    def made(self):
        for number in range(self.rounds):
            port, client = ((5000, "docker"), (80, "containerd"), (8081, "docker"))[number % 3]
            what = label.Label(f"an image pulled in the clear, as {client} does", ("plaintext.registry",), "puller", None, NOISE)
            with self.serving(self.outside, "keep-images", port):
                words = ("pull", self.outside.address, port, client)
                yield self.seen(f"clear-registry-{number}", what, self.puller.agent, *words)
            if self.quick:
                continue
            for name, (text, port) in SAID.items():
                with self.serving(self.node, "answer-text", port):
                    what = label.Label(f"{name} in the clear, in VXLAN", ("plaintext.crossing",), "tenant", None, NOISE)
                    words = ("say", "10.99.0.2", port, text)
                    yield self.seen(f"clear-{name}-{number}", what, self.tenant.agent, *words)
