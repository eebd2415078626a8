"""Fuzz the readers of ALTO, PAGE XML, hOCR and PDF: any file is refused with a reason, or read.

    pip install atheris
    python tests/soak/fuzz_readers.py CORPUS -max_total_time=1200 -timeout=20 -rss_limit_mb=2500

CORPUS is a folder with files to begin with, in which the inputs that reach new code are kept; a
whole file of each kind is put there when it is empty. Further options are those of libFuzzer. An
input that fails is written to `crash-...`; give it as the argument to run it alone.
"""

from __future__ import annotations

import math
import sys
from pathlib import Path

from broadsheet.convert import readers
from broadsheet.convert.originals import as_text
from broadsheet.problems import Problems
from broadsheet.source import split_lines

FILE = "sources/2024-05-08/01.xml"
ALTO = """<?xml version="1.0" encoding="UTF-8"?>
<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Styles><TextStyle ID="f" FONTSIZE="9"/>
</Styles><ReadingOrder><OrderedGroup><ElementRef REF="b"/></OrderedGroup></ReadingOrder><Layout>
<Page WIDTH="1000" HEIGHT="1400"><PrintSpace><TextBlock ID="b" HPOS="10" VPOS="20" WIDTH="300"
HEIGHT="60" STYLEREFS="f"><TextLine HPOS="10" VPOS="20" WIDTH="300" HEIGHT="30"><String
CONTENT="The" HPOS="10"/><SP/><String CONTENT="fer"/><HYP CONTENT="-"/></TextLine><TextLine
HPOS="10" VPOS="50" WIDTH="90" HEIGHT="30"><String CONTENT="ry."/></TextLine></TextBlock>
</PrintSpace></Page></Layout></alto>"""
PAGE = """<?xml version="1.0"?><PcGts><Page imageWidth="1000" imageHeight="1400"><ReadingOrder>
<OrderedGroup><RegionRefIndexed index="0" regionRef="r"/></OrderedGroup></ReadingOrder><TextRegion
id="r"><Coords points="10,20 310,20 310,80 10,80"/><TextLine><Coords points="10,20 310,50"/>
<Word><TextEquiv index="0"><Unicode>渡口</Unicode></TextEquiv></Word><TextEquiv><Unicode>渡口
停航。</Unicode></TextEquiv><TextStyle fontSize="9"/></TextLine></TextRegion></Page></PcGts>"""
HOCR = """<html><body><div class='ocr_page' title='image "a"; bbox 0 0 1000 1400'><div
class='ocr_carea'><p class='ocr_par'><span class='ocr_line' title="bbox 10 20 310 50; x_size 9">
<span class='ocrx_word'>The</span> ferry</span><span class='ocr_line' title="bbox 10 50 90 80">
closed.<br></span></p></div></div></body></html>"""
PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>
>>>>endobj
4 0 obj<</Length 70>>stream
BT /F 12 Tf 14 TL 20 350 Td (The ferry was) Tj T* (closed.) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
"""
WHOLE = {"alto": ALTO.encode(), "page": PAGE.encode(), "hocr": HOCR.encode(), "pdf": PDF}


def any_original(raw: bytes) -> None:
    """What must hold for the bytes of any original."""
    try:
        pages = readers.read(raw, FILE)
    except Problems as refused:
        assert all(problem.file == FILE for problem in refused.problems)
        return
    text, boxes = as_text(pages)
    rows = "".join(row for page in pages for block in page.blocks for row in block.rows)
    assert "".join(text.split()) == "".join(rows.split())
    lines = split_lines(text)
    for line, box in boxes.items():
        assert lines[line - 1].strip("\f")
        assert all(map(math.isfinite, (box.x, box.y, box.width, box.height, box.size)))


def main() -> None:
    import atheris

    corpus = Path(sys.argv[1])
    if corpus.is_dir() and not any(corpus.iterdir()):
        for name, whole in WHOLE.items():
            (corpus / name).write_bytes(whole)
    atheris.instrument_all()
    atheris.Setup(sys.argv, any_original)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
