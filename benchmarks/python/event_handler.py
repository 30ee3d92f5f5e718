#!/usr/bin/python3
"""The discovery part of `serf-handler event` in plain Python, as the measure of its start-up.

A handler for Serf's `event_handlers`: at a member event it asks `serf members`, and rewrites those
of services.json, services.yml and fakedhosts.txt that differ from what is there. The bytes are the
same that serf-handler writes. Run by Debian's python3 without further packages:

    SERF_EVENT=member-join event_handler.py CONF_DIR [RPC_ADDR [PRODUCTS]]

Not in it, so that the comparison favours Python: the mass-loss guard and its memory, warnings of bad
tags, settings, authentication, time limits, other handlers, ownership and modes of the files.
"""

import json
import os
import re
import subprocess
import sys

LEGAL = re.compile(r"(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._-]{0,62}")
PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9._-]{0,127}")
WORDS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf", "infinity"}
SLOTS = 4


def main():
    event = os.environ.get("SERF_EVENT", "")
    sys.stdin.buffer.read()
    if not event.startswith("member-"):
        return
    conf_dir = sys.argv[1]
    rpc_addr = sys.argv[2] if len(sys.argv) > 2 else "127.0.0.1:7373"
    products = sys.argv[3] if len(sys.argv) > 3 else os.environ.get("SERF_TAG_PRODUCTS", "")
    members = ask(rpc_addr)
    services = {name: {} for name in split(products.replace(",", ":")) if LEGAL.fullmatch(name)}
    for member in members:
        if member["status"] == "alive":
            collect(member, services)
    for found in services.values():
        for instances in found.values():
            instances.sort(key=lambda one: (natural(one["name"]), one["name"], one["port"]))
    text = json.dumps(services, indent=4, sort_keys=True, ensure_ascii=False) + "\n"
    os.makedirs(conf_dir, exist_ok=True)
    keep(conf_dir, "services.json", text)
    keep(conf_dir, "services.yml", yaml(services))
    keep(conf_dir, "fakedhosts.txt", hosts(services))


def ask(rpc_addr):
    command = ["serf", "members", "-rpc-addr=" + rpc_addr, "-format=json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)["members"]


def collect(member, services):
    tags = member["tags"]
    offers = []
    for entry in tags.get("svc", "").split(","):
        product, _, rest = entry.partition("/")
        service, _, port = rest.rpartition(":")
        offers.append((product, service, port))
    for product in split(tags.get("products", "")):
        for service in split(tags.get(product + ".service_type", "")):
            offers.append((product, service, tags.get(product + "." + service + ".service_port", "")))
    for product, service, port in dict.fromkeys(offers):
        if product not in services or not LEGAL.fullmatch(service):
            continue
        if not (port.isascii() and port.isdigit() and 1 <= len(port) <= 5 and 1 <= int(port) <= 65535):
            continue
        address = member["addr"].rpartition(":")[0].strip("[]")
        instance = {"addr": address, "name": member["name"], "port": int(port)}
        services[product].setdefault(service, []).append(instance)


def split(text):
    return [part for part in text.split(":") if part]


def natural(name):
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.split(r"(\d+)", name)]


def yaml(services):
    if not services:
        return "{}\n"
    lines = []
    for product, found in sorted(services.items()):
        lines.append(scalar(product) + (":" if found else ": {}"))
        for service, instances in sorted(found.items()):
            lines.append("  " + scalar(service) + ":")
            for one in instances:
                lines.append('  - addr: "' + one["addr"] + '"')
                lines.append("    name: " + scalar(one["name"]))
                lines.append("    port: " + str(one["port"]))
    return "\n".join(lines) + "\n"


def scalar(text):
    if PLAIN.fullmatch(text) and text.lower() not in WORDS:
        return text
    return json.dumps(text, ensure_ascii=False)


def hosts(services):
    lines = []
    for product, found in sorted(services.items()):
        for service, instances in sorted(found.items()):
            for slot in range(SLOTS):
                address = instances[slot % len(instances)]["addr"]
                lines.append(address + "\tsvc-" + product + "-" + service + "-" + str(slot) + "\n")
    return "".join(lines)


def keep(conf_dir, name, text):
    path = os.path.join(conf_dir, name)
    data = text.encode()
    try:
        with open(path, "rb") as file:
            if file.read() == data:
                return
    except FileNotFoundError:
        pass
    temporary = os.path.join(conf_dir, "." + name + ".tmp")
    with open(temporary, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.rename(temporary, path)


if __name__ == "__main__":
    main()
