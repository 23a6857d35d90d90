"""Builds the floor and the generator, and makes the captures they are measured on. Kept in .build-bench between runs."""

import os
import pathlib
import shutil
import struct
import subprocess
import sys

CACHE = pathlib.Path(".build-bench")

# What gen takes after the name of the file: packets, flows, snapshot length, whether in VXLAN, packets a second.
INPUTS = {
    "many": ["many", "5000000", "200000", "128", "0", "1e6"],
    "vxlan": ["many", "5000000", "200000", "128", "1", "1e6"],
    "elephant": ["elephant", "5000000", "100", "128", "0", "1e6"],
    "scan": ["scan", "2000000", "0", "128", "0", "1e6"],
    "mem": ["mem", "2000000", "1000000", "128", "0", "1e6"],
}
PACKETS = {name: int(words[1]) for name, words in INPUTS.items()}
MEMORY_FLOWS = int(INPUTS["mem"][2])


def large(length):
    """A capture of frames that long: TCP segments full of data, of 1,000 connections."""
    path = CACHE / f"large-{length}.pcap"
    if path.exists():
        return path
    with open(path, "wb") as file:
        file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, 1))
        for number in range(2000):
            port = 1024 + number % 1000
            ip = struct.pack("!BBHHHBBHII", 0x45, 0, length - 14, number, 0, 64, 6, 0, 0x0A000001, 0x0A000002)
            tcp = struct.pack("!HHIIBBHHH", port, 9, 1 + number, 1, 0x50, 0x10, 65535, 0, 0)
            frame = b"\x02\0\0\0\0\2\x02\0\0\0\0\1\x08\0" + ip + tcp
            file.write(struct.pack("<IIII", 0, 0, length, length) + frame.ljust(length, b"\xa5"))
    return path


def compiler():
    for name in ("cc", "clang", "gcc"):
        if shutil.which(name):
            return name
    sys.exit("No C compiler for the floor: apt-get install gcc")


def compile_once(source, name, flags):
    """Compiles unless the binary is newer than every source beside it."""
    binary = CACHE / name
    newest = max(path.stat().st_mtime for path in source.parent.iterdir() if path.suffix in (".c", ".h"))
    if not binary.exists() or binary.stat().st_mtime < newest:
        subprocess.run([compiler(), "-O3", "-march=native", "-w", *flags, "-o", binary, source, "-lpcap"], check=True)
    return binary


def floor(folder):
    return compile_once(folder / "floor5.c", "floor5", ["-DCOMPACT", "-DL7N=2"])


def make(folder, names=INPUTS):
    """The captures by name, made where they are not there yet."""
    generator = compile_once(folder / "gen.c", "gen", [])
    captures = {}
    for name in names:
        mode, *words = INPUTS[name]
        captures[name] = CACHE / f"{name}.pcap"
        if captures[name].exists() and captures[name].stat().st_mtime >= generator.stat().st_mtime:
            continue
        print(f"Making {captures[name]}", flush=True)
        unfinished = captures[name].with_suffix(".unfinished")
        subprocess.run([generator, mode, unfinished, *words], check=True, timeout=300)
        os.replace(unfinished, captures[name])
    captures["empty"] = CACHE / "empty.pcap"
    captures["empty"].write_bytes(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, 1))
    return captures
