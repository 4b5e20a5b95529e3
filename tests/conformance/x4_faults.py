"""Damage a file that keeps PDF/X-4 in many ways, and see that the checker finds each.

    python3 x4_faults.py good.pdf
"""

import sys
import tempfile
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name

from x4 import Checker


def resources(page):
    """A page's resources for itself alone."""
    page.Resources = Dictionary(page.Resources)
    return page.Resources


def content(page, operators):
    pikepdf.Page(page).contents_add(operators.encode(), prepend=True)


def form(pdf, operators, **entries):
    return pdf.make_stream(
        operators.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 1, 1], **entries
    )


def name_form(pdf, page, held):
    resources(page).XObject = Dictionary(Fault=held)


def rgb_picture(pdf, page, space):
    name_form(
        pdf,
        page,
        pdf.make_stream(
            b"\0\0\0", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1,
            BitsPerComponent=8, ColorSpace=space,
        ),
    )


def profile(pdf):
    return pdf.Root.OutputIntents[0].DestOutputProfile


def change_profile(pdf, at, data):
    stream = profile(pdf)
    held = bytearray(stream.read_bytes())
    held[at : at + len(data)] = data
    stream.write(bytes(held))


def metadata(pdf, old, new):
    held = pdf.Root.Metadata.read_bytes()
    assert old in held, old
    pdf.Root.Metadata.write(held.replace(old, new))


def strip_fonts(pdf):
    for held in pdf.objects:
        if isinstance(held, Dictionary) and "/FontFile2" in held:
            del held["/FontFile2"]


# What is done to the file and its third page, and a word of the offence that must be found.
FAULTS = {
    "fill in rgb": (lambda pdf, page: content(page, "1 0 0 rg\n"), "`rg`"),
    "stroke in rgb": (lambda pdf, page: content(page, "1 0 0 RG\n"), "`RG`"),
    "a named rgb space": (lambda pdf, page: content(page, "/DeviceRGB cs\n"), "`cs`"),
    "an unknown operator": (lambda pdf, page: content(page, "1 banxin\n"), "unknown operator"),
    "rgb in a form": (
        lambda pdf, page: name_form(pdf, page, form(pdf, "1 0 0 rg")),
        "`rg`",
    ),
    "rgb in a form of a form": (
        lambda pdf, page: name_form(
            pdf,
            page,
            form(pdf, "", Resources=Dictionary(XObject=Dictionary(In=form(pdf, "1 0 0 rg")))),
        ),
        "`rg`",
    ),
    "an inline picture": (
        lambda pdf, page: content(page, "BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc\nEI\n"),
        "inline picture",
    ),
    "an rgb picture": (lambda pdf, page: rgb_picture(pdf, page, Name.DeviceRGB), "/DeviceRGB"),
    "an rgb palette": (
        lambda pdf, page: rgb_picture(
            pdf, page, Array([Name.Indexed, Name.DeviceRGB, 0, pikepdf.String("abc")])
        ),
        "/DeviceRGB",
    ),
    "an rgb group": (
        lambda pdf, page: page.__setitem__(
            "/Group", Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
        ),
        "group",
    ),
    "a transfer function": (
        lambda pdf, page: resources(page).__setitem__(
            "/ExtGState", Dictionary(Fault=Dictionary(TR=Name.Identity))
        ),
        "/TR",
    ),
    "no fonts": (lambda pdf, page: strip_fonts(pdf), "not embedded"),
    "trim beyond bleed": (
        lambda pdf, page: page.__setitem__("/TrimBox", Array([-99, 0, 900, 900])),
        "beyond bleed",
    ),
    "bleed beyond sheet": (
        lambda pdf, page: page.__setitem__("/BleedBox", Array([-9, -9, 2900, 2900])),
        "beyond sheet",
    ),
    "no trim": (lambda pdf, page: page.__delitem__("/TrimBox"), "no TrimBox"),
    "an art box": (lambda pdf, page: page.__setitem__("/ArtBox", page.TrimBox), "ArtBox"),
    "a link": (
        lambda pdf, page: page.__setitem__(
            "/Annots", Array([Dictionary(Subtype=Name.Link, Rect=page.TrimBox)])
        ),
        "annotation",
    ),
    "no intent": (lambda pdf, page: pdf.Root.__delitem__("/OutputIntents"), "/GTS_PDFX"),
    "no profile": (
        lambda pdf, page: pdf.Root.OutputIntents[0].__delitem__("/DestOutputProfile"),
        "no DestOutputProfile",
    ),
    "a display's profile": (lambda pdf, page: change_profile(pdf, 12, b"mntr"), "of class"),
    "a profile for rgb": (lambda pdf, page: change_profile(pdf, 16, b"RGB "), "a profile for"),
    "no profile at all": (lambda pdf, page: change_profile(pdf, 36, b"none"), "no ICC profile"),
    "not trapped or not": (
        lambda pdf, page: pdf.docinfo.__setitem__("/Trapped", Name.Unknown),
        "/Trapped",
    ),
    "another title": (lambda pdf, page: pdf.docinfo.__setitem__("/Title", "x"), "dc:title"),
    "no version": (lambda pdf, page: metadata(pdf, b"PDF/X-4", b"PDF/X-9"), "GTS_PDFXVersion"),
    "no document id": (
        lambda pdf, page: metadata(pdf, b"xmpMM:DocumentID", b"xmpMM:DocumentNo"),
        "xmpMM:DocumentID",
    ),
    "an action at opening": (
        lambda pdf, page: pdf.Root.__setitem__("/OpenAction", Array([page, Name.Fit])),
        "/OpenAction",
    ),
    "layers": (
        lambda pdf, page: pdf.Root.__setitem__("/OCProperties", Dictionary()),
        "/OCProperties",
    ),
}


def main():
    good = sys.argv[1]
    missed = Checker(good).check()
    with tempfile.TemporaryDirectory() as folder:
        for name, (damage, word) in FAULTS.items():
            path = str(Path(folder) / "fault.pdf")
            with pikepdf.open(good) as pdf:
                damage(pdf, pdf.pages[2].obj)
                pdf.save(path)
            found = Checker(path).check()
            if not any(word in offence for offence in found):
                missed.append(f"{name}: {found}")
    print("\n".join(missed))
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
