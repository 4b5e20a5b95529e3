"""Check files against PDF/X-4 (ISO 15930-7), structure and colours alike.

    python3 x4.py one.pdf two.pdf

Prints a line for each offence, `file: where: what`, and ends with 1 if there is any. It knows
nothing of the program that wrote the files. What it cannot look into is an offence too.
"""

import re
import struct
import sys
import xml.etree.ElementTree as ElementTree

import pikepdf

NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
}
# Operators of PDF 1.6 (Reference, appendix A).
OPERATORS = set(
    "b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k "
    "l m M MP n q Q re RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W "
    "W* y ' \" INLINE IMAGE".split()
)
INTENTS = {"/Perceptual", "/RelativeColorimetric", "/Saturation", "/AbsoluteColorimetric"}
BLENDS = set(
    "/Normal /Compatible /Multiply /Screen /Overlay /Darken /Lighten /ColorDodge /ColorBurn "
    "/HardLight /SoftLight /Difference /Exclusion /Hue /Saturation /Color /Luminosity".split()
)
# Components of the colour space in a profile's header (ICC.1, 7.2.6).
COMPONENTS = {b"GRAY": 1, b"RGB ": 3, b"CMYK": 4, b"Lab ": 3}


class Checker:
    """One file while it is looked at."""

    def __init__(self, path):
        self.path = path
        self.pdf = pikepdf.open(path)
        self.offences = []
        self.seen = set()
        self.device = set()

    def offence(self, where, what):
        self.offences.append(f"{self.path}: {where}: {what}")

    def demand(self, holds, where, what):
        if not holds:
            self.offence(where, what)

    def check(self):
        self.header()
        self.info_and_xmp()
        self.intent()
        self.catalogue()
        for number, page in enumerate(self.pdf.pages, 1):
            self.page(f"page {number}", page.obj)
        return self.offences

    def header(self):
        """PDF 1.6 or less, two identifiers, no encryption."""
        version = self.pdf.pdf_version
        self.demand(version <= "1.6", "header", f"version {version}")
        identifier = self.pdf.trailer.get("/ID")
        self.demand(identifier is not None and len(identifier) == 2, "trailer", "no /ID")
        self.demand(not self.pdf.is_encrypted, "trailer", "encrypted")

    def info_and_xmp(self):
        """What the file says of itself, twice the same."""
        info = self.pdf.trailer.get("/Info", pikepdf.Dictionary())
        for key in ("/Title", "/CreationDate", "/ModDate"):
            self.demand(str(info.get(key, "")), "Info", f"no {key}")
        trapped = info.get("/Trapped")
        is_name = isinstance(trapped, pikepdf.Name)
        self.demand(is_name and str(trapped) in ("/True", "/False"), "Info", f"/Trapped {trapped}")
        metadata = self.pdf.Root.get("/Metadata")
        if metadata is None:
            return self.offence("XMP", "there is none")
        try:
            packet = ElementTree.fromstring(metadata.read_bytes())
        except ElementTree.ParseError as error:
            return self.offence("XMP", f"no XML: {error}")
        said = {}
        for description in packet.iter(f"{{{NAMESPACES['rdf']}}}Description"):
            said.update(description.attrib)
            for child in description:
                said[child.tag] = "".join(child.itertext()).strip()

        def value(name):
            prefix, local = name.split(":")
            return said.get(f"{{{NAMESPACES[prefix]}}}{local}", "")

        for name in (
            "xmp:CreateDate xmp:ModifyDate xmp:MetadataDate dc:title xmpMM:DocumentID "
            "xmpMM:VersionID xmpMM:RenditionClass"
        ).split():
            self.demand(value(name), "XMP", f"no {name}")
        version = value("pdfxid:GTS_PDFXVersion")
        self.demand(version == "PDF/X-4", "XMP", f"GTS_PDFXVersion {version!r}")
        self.demand(f"/{value('pdf:Trapped')}" == str(trapped), "XMP", "pdf:Trapped differs")
        self.demand(value("dc:title") == str(info.get("/Title", "")), "XMP", "dc:title differs")
        for key, name in (("/CreationDate", "xmp:CreateDate"), ("/ModDate", "xmp:ModifyDate")):
            digits = [re.sub(r"\D", "", text)[:14] for text in (str(info.get(key, "")), value(name))]
            self.demand(digits[0] == digits[1], "XMP", f"{name} differs from {key}")

    def intent(self):
        """One GTS_PDFX intent, its profile in the file: for printing, CMYK."""
        intents = list(self.pdf.Root.get("/OutputIntents", []))
        intents = [one for one in intents if one.get("/S") == "/GTS_PDFX"]
        if len(intents) != 1:
            return self.offence("output intents", f"{len(intents)} of /GTS_PDFX")
        condition = str(intents[0].get("/OutputConditionIdentifier", ""))
        self.demand(condition, "output intent", "no OutputConditionIdentifier")
        profile = intents[0].get("/DestOutputProfile")
        if profile is None:
            return self.offence("output intent", "no DestOutputProfile")
        header = self.profile("output intent", profile)
        if header is not None:
            kind, space = header
            self.demand(kind == b"prtr", "output intent", f"a profile of class {kind}")
            self.demand(space == b"CMYK", "output intent", f"a profile for {space}")
            self.device = {"/DeviceGray", "/DeviceCMYK"}

    def profile(self, where, stream):
        """Class and colour space of a profile; none if it is broken."""
        data = stream.read_bytes()
        if len(data) < 132 or data[36:40] != b"acsp":
            return self.offence(where, "no ICC profile")
        size = struct.unpack(">I", data[:4])[0]
        self.demand(size == len(data), where, f"a profile of {size} bytes in {len(data)}")
        self.demand(data[8] <= 4, where, f"a profile of version {data[8]}")
        kind, space = data[12:16], data[16:20]
        components = COMPONENTS.get(space)
        self.demand(components == stream.get("/N"), where, f"/N {stream.get('/N')} for {space}")
        return kind, space

    def catalogue(self):
        """Nothing that acts, no forms; what a viewer is told."""
        root = self.pdf.Root
        for key in ("/AA", "/OpenAction", "/AcroForm", "/OCProperties", "/Collection"):
            self.demand(key not in root, "catalogue", f"{key}")
        names = root.get("/Names", {})
        for key in ("/JavaScript", "/EmbeddedFiles"):
            self.demand(key not in names, "catalogue", f"/Names {key}")
        mode = root.get("/PageMode", pikepdf.Name("/UseNone"))
        self.demand(isinstance(mode, pikepdf.Name), "catalogue", "/PageMode is no name")
        preferences = root.get("/ViewerPreferences", {})
        for key in ("/ViewArea", "/ViewClip", "/PrintArea", "/PrintClip"):
            box = str(preferences.get(key, "/MediaBox"))
            self.demand(box in ("/MediaBox", "/BleedBox"), "catalogue", f"{key} {box}")
        for number, held in enumerate(self.pdf.objects):
            if isinstance(held, (pikepdf.Dictionary, pikepdf.Stream)) and "/S" in held:
                acts = held.get("/Type") == "/Action" or held.get("/S") in ("/JavaScript", "/URI")
                self.demand(not acts, f"object {number + 1}", f"an action {held.get('/S')}")

    def page(self, where, page):
        """Boxes; annotations; then all that is painted."""
        boxes = {}
        for key in ("/MediaBox", "/BleedBox", "/TrimBox", "/ArtBox"):
            box = inherited(page, key) if key == "/MediaBox" else page.get(key)
            if box is not None:
                boxes[key] = [float(side) for side in box]
        media, trim = boxes.get("/MediaBox"), boxes.get("/TrimBox")
        self.demand(media, where, "no MediaBox")
        self.demand(trim, where, "no TrimBox")
        self.demand("/ArtBox" not in boxes, where, "an ArtBox beside the TrimBox")
        bleed = boxes.get("/BleedBox", trim)
        if media and trim:
            self.demand(within(trim, bleed), where, f"trim {trim} beyond bleed {bleed}")
            self.demand(within(bleed, media), where, f"bleed {bleed} beyond sheet {media}")
        self.demand(page.get("/UserUnit", 1) == 1, where, "/UserUnit")
        for key in ("/AA", "/PresSteps"):
            self.demand(key not in page, where, key)
        for annotation in page.get("/Annots", []):
            kind = str(annotation.get("/Subtype"))
            apart = not meets([float(side) for side in annotation.get("/Rect")], bleed or media)
            allowed = kind in ("/PrinterMark", "/TrapNet") or apart
            self.demand(allowed, where, f"an annotation {kind}")
            self.demand("/A" not in annotation, where, f"an annotation {kind} with an action")
        if "/Group" in page:
            self.group(where, page.Group, inherited(page, "/Resources") or {})
        self.resources(where, inherited(page, "/Resources") or pikepdf.Dictionary())
        self.content(where, page, inherited(page, "/Resources") or pikepdf.Dictionary())

    def once(self, held):
        """Whether an object is met for the first time."""
        if held.objgen == (0, 0):
            return True
        first = held.objgen not in self.seen
        self.seen.add(held.objgen)
        return first

    def resources(self, where, resources):
        """All that a dictionary of resources names."""
        if not self.once(resources):
            return
        for name, space in resources.get("/ColorSpace", {}).items():
            if not name.startswith("/Default"):
                self.space(f"{where} {name}", space, resources)
        for name, font in resources.get("/Font", {}).items():
            self.font(f"{where} font {name}", font)
        for name, state in resources.get("/ExtGState", {}).items():
            self.state(f"{where} state {name}", state)
        for name, pattern in resources.get("/Pattern", {}).items():
            self.pattern(f"{where} pattern {name}", pattern, resources)
        for name, shading in resources.get("/Shading", {}).items():
            self.space(f"{where} shading {name}", shading.ColorSpace, resources)
        for name, held in resources.get("/XObject", {}).items():
            self.x_object(f"{where} {name}", held, resources)

    def x_object(self, where, held, resources):
        """Pictures and forms, nothing of PostScript, nothing outside the file."""
        if not self.once(held):
            return
        kind = str(held.get("/Subtype"))
        for key in ("/OPI", "/Ref", "/PS", "/Subtype2", "/OC"):
            self.demand(key not in held, where, key)
        if kind == "/Image":
            self.image(where, held, resources)
        elif kind == "/Form":
            inner = held.get("/Resources", resources)
            if "/Group" in held:
                self.group(where, held.Group, inner)
            self.resources(where, inner)
            self.content(where, held, inner)
        else:
            self.offence(where, f"an object {kind}")

    def image(self, where, image, resources):
        filters = image.get("/Filter", [])
        filters = [filters] if isinstance(filters, pikepdf.Name) else list(filters)
        for one in filters:
            self.demand(str(one) not in ("/JPXDecode", "/Crypt"), where, f"packed by {one}")
        self.demand("/Alternates" not in image, where, "/Alternates")
        intent = str(image.get("/Intent", "/Perceptual"))
        self.demand(intent in INTENTS, where, f"/Intent {intent}")
        if image.get("/ImageMask", False) is not True:
            space = image.get("/ColorSpace")
            if space is None:
                self.offence(where, "no colour space")
            else:
                self.space(where, space, resources)
        for key in ("/SMask", "/Mask"):
            mask = image.get(key)
            if isinstance(mask, pikepdf.Stream):
                self.x_object(f"{where} {key}", mask, resources)

    def space(self, where, space, resources):
        """Device colours are those of the intent; what stands on others has a profile."""
        defaults = resources.get("/ColorSpace", {})
        if isinstance(space, pikepdf.Name):
            name = str(space)
            default = {"/DeviceGray": "/DefaultGray", "/DeviceRGB": "/DefaultRGB"}
            default["/DeviceCMYK"] = "/DefaultCMYK"
            if name in default:
                if default[name] in defaults:
                    return self.space(where, defaults[default[name]], {})
                return self.demand(name in self.device, where, f"{name} without a profile")
            if name == "/Pattern":
                return None
            if name in defaults:
                return self.space(where, defaults[name], {})
            return self.offence(where, f"an unknown colour space {name}")
        family = str(space[0])
        if family == "/ICCBased":
            if self.once(space[1]):
                self.profile(where, space[1])
        elif family in ("/Indexed", "/Pattern"):
            if len(space) > 1:
                self.space(where, space[1], resources)
        elif family in ("/Separation", "/DeviceN"):
            self.space(where, space[2], resources)
        elif family not in ("/CalGray", "/CalRGB", "/Lab"):
            self.offence(where, f"an unknown colour space {family}")
        return None

    def group(self, where, group, resources):
        """Transparency is allowed; what is mixed is mixed in a colour that the file may have."""
        self.demand(group.get("/S") == "/Transparency", where, f"a group {group.get('/S')}")
        if "/CS" in group:
            self.space(f"{where} group", group.CS, resources)

    def state(self, where, state):
        """No transfer functions, halftones for film alone, known blend modes."""
        for key in ("/TR", "/HTP"):
            self.demand(key not in state, where, key)
        self.demand(str(state.get("/TR2", "/Default")) == "/Default", where, "/TR2")
        halftone = state.get("/HT")
        if isinstance(halftone, (pikepdf.Dictionary, pikepdf.Stream)):
            kind = halftone.get("/HalftoneType")
            self.demand(kind in (1, 5), where, f"a halftone of type {kind}")
        blend = state.get("/BM", pikepdf.Name("/Normal"))
        blends = [blend] if isinstance(blend, pikepdf.Name) else list(blend)
        for one in blends:
            self.demand(str(one) in BLENDS, where, f"/BM {one}")
        mask = state.get("/SMask")
        if isinstance(mask, pikepdf.Dictionary):
            self.x_object(f"{where} mask", mask.G, pikepdf.Dictionary())

    def pattern(self, where, pattern, resources):
        if not self.once(pattern):
            return
        if pattern.get("/PatternType") == 2:
            self.space(where, pattern.Shading.ColorSpace, resources)
        else:
            inner = pattern.get("/Resources", resources)
            self.resources(where, inner)
            self.content(where, pattern, inner)

    def font(self, where, font):
        """Every font is embedded."""
        if not self.once(font):
            return
        kind = str(font.get("/Subtype"))
        if kind == "/Type3":
            inner = font.get("/Resources", pikepdf.Dictionary())
            self.resources(where, inner)
            for name, glyph in font.CharProcs.items():
                self.content(f"{where} {name}", glyph, inner)
            return
        for one in font.DescendantFonts if kind == "/Type0" else [font]:
            descriptor = one.get("/FontDescriptor", {})
            programs = [descriptor.get(key) for key in ("/FontFile", "/FontFile2", "/FontFile3")]
            held = [program for program in programs if isinstance(program, pikepdf.Stream)]
            name = one.get("/BaseFont")
            self.demand(held and held[0].read_bytes(), where, f"{name} is not embedded")

    def content(self, where, held, resources):
        """Every operator: none unknown, no colour that the file may not have."""
        try:
            operations = pikepdf.parse_content_stream(held)
        except pikepdf.PdfError as error:
            return self.offence(where, f"its content cannot be read: {error}")
        device = {"g": "/DeviceGray", "rg": "/DeviceRGB", "k": "/DeviceCMYK"}
        told = set()
        for operation in operations:
            operator = str(operation.operator)
            if isinstance(operation, pikepdf.ContentStreamInlineImage):
                image = operation.iimage
                if not image.image_mask:
                    space = image.obj.get("/ColorSpace", image.obj.get("/CS"))
                    short = {"/G": "/DeviceGray", "/RGB": "/DeviceRGB", "/CMYK": "/DeviceCMYK"}
                    if isinstance(space, pikepdf.Name):
                        space = pikepdf.Name(short.get(str(space), str(space)))
                    self.space(f"{where} inline picture", space, resources)
                continue
            colour = None
            if operator.lower() in device:
                colour = pikepdf.Name(device[operator.lower()])
            elif operator in ("cs", "CS"):
                colour = operation.operands[0]
            if colour is not None and (operator, str(colour)) not in told:
                told.add((operator, str(colour)))
                self.space(f"{where} `{operator}`", colour, resources)
            if operator == "ri":
                intent = str(operation.operands[0])
                self.demand(intent in INTENTS, where, f"`ri` {intent}")
            self.demand(operator in OPERATORS, where, f"an unknown operator `{operator}`")
        return None


def inherited(page, key):
    """An entry of a page or of what it hangs on (ISO 32000-1, 7.7.3.4)."""
    while page is not None:
        if key in page:
            return page[key]
        page = page.get("/Parent")
    return None


def within(inner, outer):
    """Whether a rectangle lies in another."""
    return (
        inner[0] >= outer[0]
        and inner[1] >= outer[1]
        and inner[2] <= outer[2]
        and inner[3] <= outer[3]
    )


def meets(one, other):
    """Whether two rectangles share some of the page."""
    apart = one[2] <= other[0] or one[0] >= other[2] or one[3] <= other[1] or one[1] >= other[3]
    return not apart


def main():
    offences = [offence for path in sys.argv[1:] for offence in Checker(path).check()]
    print("\n".join(offences))
    sys.exit(bool(offences))


if __name__ == "__main__":
    main()
