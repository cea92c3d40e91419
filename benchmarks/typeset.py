"""Plate-making: documents of 4 and of 59 pages as PDF/A, in the child alone and from call to bytes.

Each measurement takes a fresh child, as the application does: Typst remembers what it has set, a second run in one process would say
nothing. Beside it the start of a child that does nothing, and LibreOffice making a PDF of the same words, if it is installed.
"""

import json
import shutil
import statistics
import subprocess
import tempfile
import time
from datetime import date
from pathlib import Path

from govrepo.sandbox import run
from govrepo.typeset import Format, Plate, default_fonts, press, typeset
from govrepo.typeset.wording import wording

RUNS = 7
SAMPLES = Path(__file__).resolve().parent.parent / "policies/sample/files"
WORDS = "\n".join(path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.txt")))


def plate(characters: int) -> Plate:
    """A notice with a body of so many characters."""
    body = (WORDS * (characters // len(WORDS) + 1))[:characters]
    return Plate(
        format=Format.DOCUMENT,
        mark=("广东省人民政府文件",),
        number="粤府〔2013〕1号",
        title="广东省人民政府关于做好电子公文交换工作的通知",
        recipients=("各地级以上市人民政府", "省政府各部门"),
        body=body,
        signature=("广东省人民政府",),
        date=date(2013, 1, 5),
        copies_to=("省委办公厅", "省人大常委会办公厅"),
        printed_by="广东省人民政府办公厅",
        printed_on=date(2013, 1, 6),
    )


def of_pages(pages: int) -> Plate:
    """A notice whose text, found by halving, ends on the given page or the one before; the colophon's page is even."""
    low, high = 0, pages * 700
    while high - low > 100:
        middle = (low + high) // 2
        set_pages = typeset(plate(middle), default_fonts()).pages
        low, high = (low, middle) if set_pages > pages + pages % 2 else (middle, high)
    return plate(low)


def seconds_in_child(made: Plate) -> float:
    """The median of fresh children, without their start."""
    fonts = default_fonts()
    order = {
        "template": str(press._TEMPLATES / f"{made.format}.typ"),
        "fonts": str(fonts.folder),
        "standard": press.STANDARD,
        "plate": wording(made) | {"fonts": fonts.families()},
    }
    return statistics.median(run("_typeset_child", order, press._LIMITS) for _ in range(RUNS))


def seconds(work) -> float:
    """The median of a few runs."""
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def office(made: Plate) -> float | None:
    """What LibreOffice takes for the same words, or None where it is not installed."""
    soffice = shutil.which("soffice")
    if soffice is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "words.txt"
        text.write_text(made.body, encoding="utf-8")
        home = f"-env:UserInstallation=file://{folder}/profile"
        command = [soffice, home, "--headless", "--convert-to", "pdf", "--outdir", folder, str(text)]
        subprocess.run(command, check=True, capture_output=True)  # The first run makes its profile.
        began = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        return time.perf_counter() - began


def tell(name: str, value: float, unit: str, budget: float | None = None, peer: float | None = None) -> None:
    """One figure as ``run.py`` reads it."""
    figure = {"name": name, "value": value, "unit": unit, "budget": budget, "peer": peer}
    print(json.dumps(figure | {"ratio": value / peer if peer else None}, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    for pages, budget in ((4, 0.25), (59, 1.0)):
        made = of_pages(pages)
        result = typeset(made, default_fonts())
        tell(f"setting {result.pages} pages, in the child", seconds_in_child(made), "s", budget)
        whole = seconds(lambda made=made: typeset(made, default_fonts()))
        tell(f"setting {result.pages} pages, from call to bytes", whole, "s", peer=office(made))
        tell(f"plate of {result.pages} pages", len(result.pdf) / 1024, "KB")
