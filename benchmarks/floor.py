"""The least that a build can take: python floor.py LIST OUT writes files of the listed sizes, no more."""

import os
import sys


def main(listed: str, out: str) -> None:
    """Write them."""
    with open(listed, encoding="utf-8") as file:  # noqa: PTH123 - pathlib would be most of the time
        files = [line.rstrip("\n").split(" ", 1) for line in file]
    content = memoryview(b"x" * max(int(size) for size, _ in files))
    made = set()
    for size, path in files:
        folder = os.path.dirname(f"{out}/{path}")  # noqa: PTH120
        if folder not in made:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103
            made.add(folder)
        opened = os.open(f"{out}/{path}", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        os.write(opened, content[: int(size)])
        os.close(opened)


main(sys.argv[1], sys.argv[2])
