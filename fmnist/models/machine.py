"""The machine that something was measured on."""

import os
import platform
import shutil
import subprocess


def machine() -> str:
    """Describe this machine: its cores, its system, and its GPU if it has one of Nvidia's."""
    parts = [f"{os.cpu_count()} cores", f"{platform.system()} {platform.machine()}", *_gpus()]
    return ", ".join(parts)


def _gpus() -> list[str]:
    command = shutil.which("nvidia-smi")
    if command is None:
        return []
    query = [command, "--query-gpu=name", "--format=csv,noheader"]
    # It is there and fails where a driver is missing: then there is no GPU to speak of.
    said = subprocess.run(query, capture_output=True, text=True, check=False, timeout=20)
    return [] if said.returncode else [line.strip() for line in said.stdout.splitlines()]
