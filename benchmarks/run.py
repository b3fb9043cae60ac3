"""Run the measurements that need nothing but this repository, one after the other.

make bench
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
# The others read data that is not in the repository; docs/benchmarks.md has their commands.
OWN = ("importing.py", "embedding.py", "window.py", "layout.py", "map.py")


def main() -> int:
    failed = 0
    for name in OWN:
        print(f"== {name}", flush=True)
        failed += subprocess.run([sys.executable, str(HERE / name)], check=False).returncode != 0
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
