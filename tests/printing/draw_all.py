"""Draw every form in both languages, as PDF and as pictures: ``python -m tests.printing.draw_all OUT``."""

import sys
from pathlib import Path

import pypdfium2

from coachdesk import printing
from tests.printing.samples import SAMPLES


def draw_all(out: Path, scale: float = 1.5) -> None:
    """Write ``<sample>-<language>.pdf`` and a PNG for each page."""
    out.mkdir(parents=True, exist_ok=True)
    for name, (form, sheet) in SAMPLES.items():
        for language in ("fi", "sv"):
            pdf = printing.form(form).draw(sheet(language), language)
            (out / f"{name}-{language}.pdf").write_bytes(pdf)
            for number, page in enumerate(pypdfium2.PdfDocument(pdf), 1):
                page.render(scale=scale).to_pil().save(out / f"{name}-{language}-{number}.png")


if __name__ == "__main__":
    draw_all(Path(sys.argv[1] if len(sys.argv) > 1 else "out/forms"))
