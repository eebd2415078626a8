"""Files with geometry: each becomes the same text, its blocks in reading order, and their boxes."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from broadsheet.config import Config
from broadsheet.convert import readers
from broadsheet.convert.originals import as_text, load
from broadsheet.convert.readers import ReadPage
from broadsheet.convert.report import Report
from broadsheet.convert.run import convert_sources
from broadsheet.problems import Problems

ALTO = """<?xml version="1.0" encoding="UTF-8"?>
<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#">
 <Styles><TextStyle ID="big" FONTSIZE="30"/><TextStyle ID="small" FONTSIZE="10"/></Styles>
 <Layout>
  <ReadingOrder><OrderedGroup ID="g"><ElementRef ID="r1" REF="b2"/><ElementRef ID="r2" REF="b1"/>
  </OrderedGroup></ReadingOrder>
  <Page ID="p" WIDTH="1000" HEIGHT="2000"><PrintSpace>
   <TextBlock ID="b1" HPOS="100" VPOS="400" WIDTH="300" HEIGHT="40" STYLEREFS="small">
    <TextLine><String CONTENT="The"/><SP/><String CONTENT="com"/><HYP CONTENT="-"/></TextLine>
    <TextLine><String CONTENT="mittee"/><SP/><String CONTENT="met."/></TextLine>
   </TextBlock>
   <TextBlock ID="b2" HPOS="100" VPOS="100" WIDTH="600" HEIGHT="60" STYLEREFS="big">
    <TextLine><String CONTENT="Bridge"/><String CONTENT="opens"/></TextLine>
   </TextBlock>
   <TextBlock ID="b3" HPOS="0" VPOS="0" WIDTH="0" HEIGHT="0"/>
   <TextBlock ID="b4" HPOS="500" VPOS="400" WIDTH="300" HEIGHT="20" STYLEREFS="small">
    <TextLine><String CONTENT="新桥"/><String CONTENT="通车"/></TextLine>
   </TextBlock>
  </PrintSpace></Page>
 </Layout>
</alto>"""

PAGE_XML = """<?xml version="1.0" encoding="UTF-8"?>
<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15">
 <Page imageWidth="1000" imageHeight="2000">
  <ReadingOrder><OrderedGroup id="g"><RegionRefIndexed index="0" regionRef="h"/>
   <RegionRefIndexed index="1" regionRef="t"/></OrderedGroup></ReadingOrder>
  <TextRegion id="t"><Coords points="100,400 400,400 400,440 100,440"/>
   <TextLine id="l1"><Coords points="100,400 400,400 400,410 100,410"/>
    <TextEquiv index="1"><Unicode>Tbe cornmittee</Unicode></TextEquiv>
    <TextEquiv index="0"><Unicode>The committee</Unicode></TextEquiv></TextLine>
   <TextLine id="l2"><Coords points="100,420 400,420 400,430 100,430"/>
    <Word><TextEquiv><Unicode>met</Unicode></TextEquiv></Word>
    <Word><TextEquiv><Unicode>today.</Unicode></TextEquiv></Word></TextLine>
  </TextRegion>
  <TextRegion id="h"><Coords points="100,100 700,100 700,160 100,160"/>
   <TextLine id="l0"><Coords points="100,100 700,100 700,130 100,130"/>
    <TextEquiv><Unicode>Bridge opens</Unicode></TextEquiv></TextLine>
  </TextRegion>
  <TextRegion id="x"><Coords points="1,1 2,2"/><TextEquiv><Unicode>甲
乙</Unicode></TextEquiv></TextRegion>
 </Page>
</PcGts>"""

HOCR = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
 "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title></title>
<meta http-equiv="Content-Type" content="text/html;charset=utf-8"></head><body>
<div class='ocr_page' title='image "a.png"; bbox 0 0 1000 2000; ppageno 0'>
 <div class='ocr_carea' title="bbox 100 100 700 160"><p class='ocr_par'>
  <span class='ocr_header' title="bbox 100 100 700 160; x_size 30">
   <span class='ocrx_word'>Bridge</span> <span class='ocrx_word'>opens</span></span></p></div>
 <div class='ocr_carea'><p class='ocr_par'>
  <span class='ocr_line' title="bbox 100 400 400 410; x_size 10"><span class='ocrx_word'>The</span>
   <span class='ocrx_word'>com&#45;</span></span>
  <span class='ocr_line' title="bbox 100 420 400 430; x_size 10"><span class='ocrx_word'>mittee
   </span> <span class='ocrx_word'>met &amp;&nbsp;ate.</span></span></p>
  <p class='ocr_par'><span class='ocr_line' title="bbox 100 500 400 510; x_size 10"> </span></p>
 </div>
</div>
<div class='ocr_page' title='bbox 0 0 1000 2000'><span class='ocr_line'>Page two</span></div>
</body></html>"""


def pdf(*texts: tuple[float, float, float, str]) -> bytes:
    """A PDF of one page, 600 by 800 points: (x, y from below, type size, text) in this order."""
    stream = "".join(
        f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n" for x, y, size, text in texts
    ).encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + table
    return out + b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start


PDF = pdf(
    (50, 700, 24, "Bridge opens"),
    (50, 660, 10, "The new bridge was opened"),
    (50, 648, 10, "yesterday by the mayor."),
    (320, 660, 10, "The old one is to be"),
    (320, 648, 10, "taken down in autumn."),
)


def blocks(pages: list[ReadPage]) -> list[list[tuple[str, ...]]]:
    return [[block.rows for block in page.blocks if block.rows] for page in pages]


def test_alto_gives_blocks_in_its_reading_order() -> None:
    pages = readers.read(ALTO.encode(), "a.xml")
    assert blocks(pages) == [[("Bridge opens",), ("The com-", "mittee met."), ("新桥通车",)]]
    headline, paragraph, _ = pages[0].boxes()
    assert headline and paragraph
    assert (headline.x, headline.y, headline.width, headline.height) == (0.1, 0.05, 0.6, 0.03)
    assert (headline.size, paragraph.size) == (3.0, 1.0)


def test_page_xml_gives_regions_in_its_reading_order() -> None:
    pages = readers.read(PAGE_XML.encode(), "a.xml")
    assert blocks(pages) == [[("Bridge opens",), ("The committee", "met today."), ("甲", "乙")]]
    headline, paragraph, _ = pages[0].boxes()
    assert headline and paragraph
    assert headline.size > 2 * paragraph.size


def test_hocr_gives_paragraphs_and_pages() -> None:
    pages = readers.read(HOCR.encode(), "a.hocr")
    assert blocks(pages) == [
        [("Bridge opens",), ("The com-", "mittee met & ate.")],
        [("Page two",)],
    ]
    headline, paragraph = pages[0].boxes()
    assert headline and paragraph
    assert headline.size == 1.5
    assert paragraph.x == 0.1


def test_pdf_gives_columns_and_type_sizes() -> None:
    pages = readers.read(PDF, "a.pdf")
    assert blocks(pages) == [
        [
            ("Bridge opens",),
            ("The new bridge was opened", "yesterday by the mayor."),
            ("The old one is to be", "taken down in autumn."),
        ]
    ]
    headline, left, right = pages[0].boxes()
    assert headline and left and right
    assert headline.size == 2.4
    assert left.x < 0.1 and right.x > 0.5


def test_pdf_lines_of_two_columns_on_one_height_are_two() -> None:
    raw = pdf(
        (50, 660, 10, "The bridge was opened"),
        (190, 660, 10, "A second column starts"),
        (190, 648, 10, "here, beside the first."),
    )
    assert blocks(readers.read(raw, "a.pdf")) == [
        [("The bridge was opened",), ("A second column starts", "here, beside the first.")]
    ]


def test_pdf_vertical_text_is_read_from_the_top_down_and_leftwards() -> None:
    columns = ((300, "ABCDEFG"), (284, "HIJKLMN"), (268, "O"))
    letters = [(x, 700 - 12 * n, 10, c) for x, text in columns for n, c in enumerate(text)]
    assert blocks(readers.read(pdf(*letters), "a.pdf")) == [[("ABCDEFG", "HIJKLMN", "O")]]


def test_text_has_a_blank_line_between_blocks_and_a_form_feed_between_pages() -> None:
    text, boxes = as_text(readers.read(HOCR.encode(), "a.hocr"))
    assert text == "Bridge opens\n\nThe com-\nmittee met & ate.\n\n\fPage two\n\n"
    assert sorted(boxes) == [1, 3]
    for line in boxes:
        assert text.split("\n")[line - 1].startswith(("Bridge", "The"))


@pytest.mark.parametrize(
    ("raw", "file", "told"),
    [
        (b"<alto", "a.xml", "neither ALTO, PAGE XML nor hOCR"),
        (b"<alto ><Layout>", "a.xml", "not well-formed XML"),
        (b"<?xml version='1.0' encoding='undefined'?><alto >", "a.xml", "as undefined"),
        (PDF.replace(b"/Type /Page ", b"/Type /Pag "), "a.pdf", "page 1 of 1 is damaged"),
        (b"<mets/>", "a.xml", "neither ALTO, PAGE XML nor hOCR"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><alto >&b;</alto>', "a.xml", "declares entities"),
        (b'<?xml version="1.0" encoding="nonsense"?><alto ></alto>', "a.xml", "nonsense"),
        (ALTO.replace("CONTENT", "X").encode(), "a.xml", "has no text in it"),
        (b"not a pdf", "a.pdf", "cannot be read as a PDF"),
        (pdf(), "a.pdf", "has no text layer"),
    ],
)
def test_what_cannot_be_read_is_one_problem(raw: bytes, file: str, told: str) -> None:
    with pytest.raises(Problems) as refused:
        readers.read(raw, file)
    (problem,) = refused.value.problems
    assert told in problem.message


def test_without_the_extra_a_pdf_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(Problems, match=r"pip install 'broadsheet\[pdf\]'"):
        readers.read(PDF, "a.pdf")


def test_a_file_that_is_too_large_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "LARGEST", 10)
    with pytest.raises(Problems, match="larger than"):
        readers.read(ALTO.encode(), "a.xml")


def test_old_encodings_of_xml_are_read() -> None:
    raw = ALTO.replace("UTF-8", "gb18030").encode("gb18030")
    assert ("新桥通车",) in blocks(readers.read(raw, "a.xml"))[0]


# --- the text that is made from an original ---


@pytest.fixture
def original(project: Path) -> Path:
    path = project / "sources" / "2024-05-01" / "A1.xml"
    path.parent.mkdir(parents=True)
    path.write_text(ALTO, "utf-8")
    return path


def convert(root: Path, **how: bool) -> Report:
    settings = {"overwrite": False, "dry_run": False} | how
    return convert_sources(root, Config(), jobs=1, **settings)


def test_an_original_is_converted_by_way_of_its_text(project: Path, original: Path) -> None:
    report = convert(project)
    assert report.problems == []
    text = original.with_suffix(".txt")
    assert text.read_text("utf-8").startswith("Bridge opens\n\nThe com-\nmittee met.\n")
    assert original.read_text("utf-8") == ALTO
    geometry = json.loads(original.with_suffix(".boxes.json").read_bytes())
    assert geometry["original"] == "A1.xml"
    assert geometry["boxes"]["1"]["size"] == 3.0
    written = b"".join(path.read_bytes() for path in (project / "content").rglob("*.md")).decode()
    assert "source: sources/2024-05-01/A1.txt" in written
    assert "The committee met." in written


def test_again_nothing_is_made(project: Path, original: Path) -> None:
    convert(project)
    times = {path: path.stat().st_mtime_ns for path in original.parent.iterdir()}
    convert(project)
    assert {path: path.stat().st_mtime_ns for path in original.parent.iterdir()} == times


def test_a_newer_original_is_read_again(project: Path, original: Path) -> None:
    convert(project)
    original.write_text(ALTO.replace("Bridge", "Tunnel"), "utf-8")
    convert(project)
    assert original.with_suffix(".txt").read_text("utf-8").startswith("Tunnel opens")


def test_a_corrected_text_counts_more_than_a_newer_original(project: Path, original: Path) -> None:
    convert(project)
    text = original.with_suffix(".txt")
    text.write_text(text.read_text("utf-8").replace("opens", "is open"), "utf-8")
    assert load(original, project).boxes, "as many lines as before: the boxes still fit"
    original.write_text(ALTO.replace("Bridge", "Tunnel"), "utf-8")
    (page,) = convert(project).pages
    assert "A1.xml has changed, but A1.txt was corrected: the text is kept" in page.warnings
    assert text.read_text("utf-8").startswith("Bridge is open")


def test_a_text_that_was_there_before_is_not_replaced(project: Path, original: Path) -> None:
    text = original.with_suffix(".txt")
    text.write_text("A page of its own.\n", "utf-8")
    loaded = load(original, project)
    assert loaded.source.text == "A page of its own.\n"
    assert loaded.warnings == ("A1.xml is not read: A1.txt was not made from it",)


def test_a_dry_run_makes_no_text(project: Path, original: Path) -> None:
    assert convert(project, dry_run=True).problems == []
    assert [path.name for path in original.parent.iterdir()] == ["A1.xml"]
