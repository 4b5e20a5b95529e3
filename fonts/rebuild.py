"""Make the font files of this folder from their public packages.

    python3 fonts/rebuild.py

Needs a network, Python 3.11 or later, npm, apt-get and dpkg-deb (Debian 12, after
`apt-get update`). All work is done in a temporary folder: a virtual environment
with the pinned fontTools, the unpacked packages, nothing else. The results (TTF
files, OFL-*.txt and SHA256SUMS) are written next to this script.

Each face is cut down to one set of characters. A face of simplified Chinese keeps
the 8,105 of the General Standard Chinese Character List (Unihan field kTGH) and the
Latin, Greek, Cyrillic, kana, bopomofo, punctuation and symbols a Chinese book meets;
those of the other languages keep the commoner part of their own writing, Latin and
punctuation, and leave the rest to these. Layout features stay, but for those that
bring in older or rarer forms to the faces of the other languages; hinting goes. The source fonts are checked against the
SHA-256 sums below, time stamps are those of the source, and glyphs keep the
order of the source, so every run gives the same bytes.
"""

import bz2
import hashlib
import subprocess
import sys
import tempfile
import textwrap
import unicodedata
import venv
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
FONTTOOLS = "4.68.0"
DEBIAN_WENKAI = "fonts-lxgw-wenkai=1.250+repack-1"
DEBIAN_UNICODE = "unicode-data=15.0.0-1"
NPM_SERIF = "@expo-google-fonts/noto-serif-sc@0.4.3"
NPM_SANS = "@expo-google-fonts/noto-sans-sc@0.4.3"
NPM_SERIF_TC = "@expo-google-fonts/noto-serif-tc@0.4.4"
NPM_SANS_TC = "@expo-google-fonts/noto-sans-tc@0.4.3"
NPM_SERIF_JP = "@expo-google-fonts/noto-serif-jp@0.4.3"
NPM_SANS_JP = "@expo-google-fonts/noto-sans-jp@0.4.3"
NPM_SERIF_KR = "@expo-google-fonts/noto-serif-kr@0.4.3"
NPM_SANS_KR = "@expo-google-fonts/noto-sans-kr@0.4.3"
NPM_MONO = "@expo-google-fonts/noto-sans-mono@0.4.2"

# How many characters each list must have, or the source has changed.
SIMPLIFIED = 8105  # kTGH
JOYO = 2136  # kJoyoKanji
BIG5_LEVEL_1 = 5401
JIS_LEVEL_1 = 2965
KS_HANGUL = 2350
# Features that a face of another language does without: old forms of kanji, joining jamo.
DROPPED_FEATURES = {"aalt", "dlig", "hist", "jp78", "jp83", "jp90", "nlck"}
DROPPED_FEATURES |= {"ljmo", "tjmo", "vjmo", "calt"}
KEPT_NAME_IDS = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
RESERVED_NAMES = ("lxgw", "霞鹜")


@dataclass(frozen=True)
class Face:
    target: str
    package: str
    source: str  # path inside the unpacked package
    sha256: str  # of the source file
    charset: str  # a key of `charsets`
    licence: str
    rename: bool = False


FACES = [
    Face(
        "NotoSerifSC-Regular.ttf",
        NPM_SERIF,
        "package/400Regular/NotoSerifSC_400Regular.ttf",
        "c358a69de3df5f423a8946a7b03e3126fb6ba116f1130a463455b4e39e1f0742",
        "book",
        "OFL-NotoSerifSC.txt",
    ),
    Face(
        "NotoSerifSC-Bold.ttf",
        NPM_SERIF,
        "package/700Bold/NotoSerifSC_700Bold.ttf",
        "9c6a2ba736e4b499c84f65ce366bd3625c0401885fd3e585ace50fb738b96ff6",
        "book",
        "OFL-NotoSerifSC.txt",
    ),
    Face(
        "NotoSansSC-Regular.ttf",
        NPM_SANS,
        "package/400Regular/NotoSansSC_400Regular.ttf",
        "d45f67f0a7c0ca3f256950777ce6a61cc7ce5f9696d02900cbbaac25f8aa7d16",
        "book",
        "OFL-NotoSansSC.txt",
    ),
    Face(
        "NotoSansSC-Bold.ttf",
        NPM_SANS,
        "package/700Bold/NotoSansSC_700Bold.ttf",
        "9a38ae0ab28cd5a256f9ea8e00dedc688aac17f7915fcb000572990afa956b96",
        "book",
        "OFL-NotoSansSC.txt",
    ),
    Face(
        "NotoSerifTC-Regular.ttf",
        NPM_SERIF_TC,
        "package/400Regular/NotoSerifTC_400Regular.ttf",
        "b0acf9799d5dc656cdeff077d36b2ee9032b762e05b3f8a7b76c81dee4eec08c",
        "traditional",
        "OFL-NotoSerifTC.txt",
    ),
    Face(
        "NotoSerifTC-Bold.ttf",
        NPM_SERIF_TC,
        "package/700Bold/NotoSerifTC_700Bold.ttf",
        "98c207d0254a6b0b4b5611dd8d5bcc37af4482494477d43eba6b2409ed083140",
        "traditional",
        "OFL-NotoSerifTC.txt",
    ),
    Face(
        "NotoSansTC-Regular.ttf",
        NPM_SANS_TC,
        "package/400Regular/NotoSansTC_400Regular.ttf",
        "add35d53f70727657b4509531677c4e3712b67df3d54661efdee5d3a0c16d954",
        "traditional",
        "OFL-NotoSansTC.txt",
    ),
    Face(
        "NotoSansTC-Bold.ttf",
        NPM_SANS_TC,
        "package/700Bold/NotoSansTC_700Bold.ttf",
        "ed4ae6ed781e34d0beee896e9be5d835a938ac7adabbcc1b6b6904290006f372",
        "traditional",
        "OFL-NotoSansTC.txt",
    ),
    Face(
        "NotoSerifJP-Regular.ttf",
        NPM_SERIF_JP,
        "package/400Regular/NotoSerifJP_400Regular.ttf",
        "5a04846a0e23acefae825f2f459205036a166f5a63462019ce3492d07bd20e92",
        "japanese",
        "OFL-NotoSerifJP.txt",
    ),
    Face(
        "NotoSerifJP-Bold.ttf",
        NPM_SERIF_JP,
        "package/700Bold/NotoSerifJP_700Bold.ttf",
        "370341f60a5a33dff0dd66e9fb04ddb7523846d4800e4e2cd8fba0bf715d44ea",
        "japanese",
        "OFL-NotoSerifJP.txt",
    ),
    Face(
        "NotoSansJP-Regular.ttf",
        NPM_SANS_JP,
        "package/400Regular/NotoSansJP_400Regular.ttf",
        "d930d5d52d15231c283089760f84584272ad5e37e14607ba0d19c798e7a9caec",
        "japanese",
        "OFL-NotoSansJP.txt",
    ),
    Face(
        "NotoSansJP-Bold.ttf",
        NPM_SANS_JP,
        "package/700Bold/NotoSansJP_700Bold.ttf",
        "c5b7b9d6a6eb682b0d4e6bbb38509575fd2759a28f147daa74714d1359a7909e",
        "japanese",
        "OFL-NotoSansJP.txt",
    ),
    Face(
        "NotoSerifKR-Regular.ttf",
        NPM_SERIF_KR,
        "package/400Regular/NotoSerifKR_400Regular.ttf",
        "c8c5922208f207214ce01791290621c28fda4ff788bd4dddc511aaebf61f4a74",
        "korean",
        "OFL-NotoSerifKR.txt",
    ),
    Face(
        "NotoSerifKR-Bold.ttf",
        NPM_SERIF_KR,
        "package/700Bold/NotoSerifKR_700Bold.ttf",
        "a73b9f92a4f18ec965695d80653d3e2b760343bd8f8169682bc0c9d26cfaeffd",
        "korean",
        "OFL-NotoSerifKR.txt",
    ),
    Face(
        "NotoSansKR-Regular.ttf",
        NPM_SANS_KR,
        "package/400Regular/NotoSansKR_400Regular.ttf",
        "8cbc9b353bb9ce848fd69bb6a507319dfacc659cf5fd643db5d88f3c4970e1dd",
        "korean",
        "OFL-NotoSansKR.txt",
    ),
    Face(
        "NotoSansKR-Bold.ttf",
        NPM_SANS_KR,
        "package/700Bold/NotoSansKR_700Bold.ttf",
        "4ffa20c272ae6d689f7c8d34ff9c8039a326e9c334d9fc8852b2a7396227d077",
        "korean",
        "OFL-NotoSansKR.txt",
    ),
    Face(
        "BanxinKai-Regular.ttf",
        DEBIAN_WENKAI,
        "usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf",
        "bbf534b0ca093928f94d1782855e65a19a32cde82b075d495d072025521953c8",
        "book",
        "OFL-BanxinKai.txt",
        rename=True,
    ),
    Face(
        "NotoSansMono-Regular.ttf",
        NPM_MONO,
        "package/400Regular/NotoSansMono_400Regular.ttf",
        "11b5d661e57865bce89d3f103a654cfa4faf9347abebac252e30742be1e657b2",
        "code",
        "OFL-NotoSansMono.txt",
    ),
    Face(
        "NotoSansMono-Bold.ttf",
        NPM_MONO,
        "package/700Bold/NotoSansMono_700Bold.ttf",
        "c13b63c28f97181761213a0ba8fdb5d887c6d3855098937907c76b3b6efc1566",
        "code",
        "OFL-NotoSansMono.txt",
    ),
]

# Ranges are inclusive; a face simply lacks what its source does not have.
COMMON_RANGES = [
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x00FF),  # Latin-1
    (0x0100, 0x017F),  # Latin Extended-A
    (0x0192, 0x0192),  # florin
    (0x01CD, 0x01DC),  # pinyin vowels with tone marks
    (0x01F8, 0x01F9),  # pinyin n with grave
    (0x0218, 0x021B),  # Romanian
    (0x0251, 0x0251),  # pinyin alpha
    (0x0261, 0x0261),  # pinyin script g
    (0x02B0, 0x02FF),  # spacing modifiers, tone marks
    (0x0300, 0x036F),  # combining marks
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x045F),  # Cyrillic
    (0x0490, 0x0491),  # Ukrainian
    (0x1E00, 0x1EFF),  # m with acute, Vietnamese
    (0x2000, 0x206F),  # general punctuation
    (0x2070, 0x209F),  # superscripts and subscripts
    (0x20A0, 0x20CF),  # currency
    (0x2100, 0x214F),  # letterlike
    (0x2150, 0x218F),  # number forms
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematical operators
    (0x2300, 0x23FF),  # technical
    (0x2500, 0x257F),  # box drawing
    (0x2580, 0x259F),  # blocks
    (0x25A0, 0x25FF),  # geometric shapes
    (0x2600, 0x26FF),  # miscellaneous symbols
    (0x2700, 0x27BF),  # dingbats
    (0x27E6, 0x27EF),  # mathematical brackets
    (0x2B00, 0x2BFF),  # more arrows and shapes
    (0xFB00, 0xFB04),  # f ligatures
    (0xFFFD, 0xFFFD),  # replacement character
]
# What a face of another language keeps of these.
WESTERN_RANGES = [
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x00FF),  # Latin-1
    (0x2010, 0x205E),  # general punctuation
    (0x20A0, 0x20BF),  # currency
    (0x2103, 0x2109),  # degrees
    (0x2116, 0x2116),  # numero
    (0x2160, 0x217F),  # Roman numerals
    (0x2190, 0x2199),  # arrows
    (0x25A0, 0x25CF),  # geometric shapes
    (0x2605, 0x2606),  # stars
    (0xFB00, 0xFB04),  # f ligatures
]
# Full-width marks and signs that all of East Asia uses.
EASTERN_RANGES = [
    (0x2460, 0x2473),  # circled numbers
    (0x2E3A, 0x2E3B),  # two-em and three-em dash
    (0x3000, 0x303F),  # CJK symbols and punctuation
    (0x3251, 0x325F),  # circled numbers, 21 to 35
    (0x32B1, 0x32BF),  # circled numbers, 36 to 50
    (0xFE10, 0xFE1F),  # vertical forms
    (0xFE30, 0xFE4F),  # CJK compatibility forms
    (0xFF00, 0xFF65),  # fullwidth forms
    (0xFFE0, 0xFFE6),  # fullwidth signs
]
BOPOMOFO_RANGES = [
    (0x3100, 0x312F),  # bopomofo
    (0x31A0, 0x31BF),  # bopomofo extended
]
KANA_RANGES = [
    (0x3040, 0x309F),  # hiragana
    (0x30A0, 0x30FF),  # katakana
    (0x31F0, 0x31FF),  # katakana extensions
    (0xFF66, 0xFF9F),  # halfwidth katakana
]
JAMO_RANGES = [
    (0x3131, 0x318E),  # compatibility jamo
    (0x3200, 0x321E),  # parenthesized hangul
    (0x3260, 0x327F),  # circled hangul
]
CHINESE_RANGES = [
    (0x2460, 0x24FF),  # enclosed alphanumerics
    (0x2985, 0x2986),  # white parentheses
    (0x2E3A, 0x2E3B),  # two-em and three-em dash
    (0x2FF0, 0x2FFF),  # ideographic description
    (0x3000, 0x303F),  # CJK symbols and punctuation
    (0x3040, 0x309F),  # hiragana
    (0x30A0, 0x30FF),  # katakana
    (0x3100, 0x312F),  # bopomofo
    (0x31A0, 0x31BF),  # bopomofo extended
    (0x31F0, 0x31FF),  # katakana extensions
    (0x3220, 0x325F),  # parenthesized and circled ideographs, 21 to 35
    (0x3280, 0x32BF),  # circled ideographs, 36 to 50
    (0x3371, 0x33DF),  # squared units
    (0xFE10, 0xFE1F),  # vertical forms
    (0xFE30, 0xFE4F),  # CJK compatibility forms
    (0xFE50, 0xFE6F),  # small forms
    (0xFF00, 0xFF9F),  # fullwidth forms, halfwidth katakana
    (0xFFE0, 0xFFEF),  # fullwidth signs
]


def main() -> None:
    if len(sys.argv) == 3 and sys.argv[1] == "--in":
        build(Path(sys.argv[2]))
        return
    with tempfile.TemporaryDirectory(prefix="banxin-fonts-") as name:
        work = Path(name)
        python = make_environment(work / "env")
        subprocess.run([python, __file__, "--in", work], check=True)


def make_environment(folder: Path) -> Path:
    """Make a virtual environment that holds the pinned fontTools only."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, f"fonttools=={FONTTOOLS}"], check=True)
    return python


def build(work: Path) -> None:
    folders = {face.package: work / f"p{i}" for i, face in enumerate(FACES)}
    folders[DEBIAN_UNICODE] = work / "unicode"
    for package, folder in folders.items():
        fetch(package, folder)

    written = writings(folders[DEBIAN_UNICODE])
    shared = expand(WESTERN_RANGES) | expand(EASTERN_RANGES)
    charsets = {
        "book": expand(COMMON_RANGES) | expand(CHINESE_RANGES) | written["book"],
        "traditional": shared | expand(BOPOMOFO_RANGES) | written["traditional"],
        "japanese": shared | expand(KANA_RANGES) | written["japanese"],
        "korean": shared | expand(JAMO_RANGES) | written["korean"],
        "code": expand(COMMON_RANGES),
    }
    for face in FACES:
        source = folders[face.package] / face.source
        check_sum(source, face.sha256)
        make_face(face, source, charsets[face.charset])
        write_licence(face, source, folders[face.package])
        report(face, written.get(face.charset, set()))
    write_sums()


def writings(unicode_data: Path) -> dict[str, set[int]]:
    """The characters that each language writes its words with."""
    level_1 = rows("euc_jp", range(0xB0, 0xD0), range(0xA1, 0xFF), JIS_LEVEL_1)
    trail_bytes = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    simplified = read_field(unicode_data, "kTGH", SIMPLIFIED)
    level_1_of_big5 = rows("big5", range(0xA4, 0xC7), trail_bytes, BIG5_LEVEL_1)
    return {
        "book": simplified,
        "traditional": level_1_of_big5 | traditional(unicode_data, simplified),
        "japanese": level_1 | read_field(unicode_data, "kJoyoKanji", JOYO),
        "korean": rows("euc_kr", range(0xB0, 0xC9), range(0xA1, 0xFF), KS_HANGUL),
    }


def traditional(folder: Path, simplified: set[int]) -> set[int]:
    """The traditional characters of simplified ones, where they are others (Unihan)."""
    path = folder / "usr/share/unicode/Unihan_Variants.txt.bz2"
    lines = (line.rstrip("\n").split("\t") for line in bz2.open(path, "rt", encoding="utf-8"))
    found = [line for line in lines if len(line) == 3 and line[1] == "kTraditionalVariant"]
    of_list = (codes for code, _, codes in found if int(code[2:], 16) in simplified)
    return {int(code[2:], 16) for codes in of_list for code in codes.split()} - simplified


def rows(encoding: str, leads: range, trails, size: int) -> set[int]:
    """The hanzi or hangul in some rows of a national character set of two bytes."""
    pairs = (bytes((lead, trail)) for lead in leads for trail in trails)
    signs = (pair.decode(encoding, errors="ignore") for pair in pairs)
    found = {ord(sign) for sign in signs if len(sign) == 1 and is_hanzi_or_hangul(sign)}
    if len(found) != size:
        sys.exit(f"{encoding} has {len(found)} characters, {size} expected")
    return found


def fetch(package: str, folder: Path) -> None:
    """Download a package of npm (`@scope/name@version`) or Debian and unpack it."""
    folder.mkdir()
    if package.startswith("@"):
        subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True)
        (archive,) = folder.glob("*.tgz")
        subprocess.run(["tar", "-xzf", archive.name], cwd=folder, check=True)
    else:
        apt = ["apt-get", "-qq", "-o", "APT::Sandbox::User=root", "download"]
        subprocess.run([*apt, package], cwd=folder, check=True)
        (archive,) = folder.glob("*.deb")
        subprocess.run(["dpkg-deb", "-x", archive.name, "."], cwd=folder, check=True)


def is_hanzi_or_hangul(sign: str) -> bool:
    return unicodedata.name(sign, "").startswith(("CJK UNIFIED IDEOGRAPH", "HANGUL SYLLABLE"))


def read_field(folder: Path, field: str, size: int) -> set[int]:
    """Read the characters that have a field of Unihan's mappings."""
    path = folder / "usr/share/unicode/Unihan_OtherMappings.txt.bz2"
    lines = (line.rstrip("\n").split("\t") for line in bz2.open(path, "rt", encoding="utf-8"))
    found = [line for line in lines if len(line) == 3 and line[1] == field]
    # A value that is a character says which form the list itself has.
    codes = [value if value.startswith("U+") else code for code, _, value in found]
    table = {int(code[2:], 16) for code in codes}
    if len(table) != size:
        sys.exit(f"{field} has {len(table)} characters, {size} expected")
    return table


def expand(ranges: list[tuple[int, int]]) -> set[int]:
    return {code for first, last in ranges for code in range(first, last + 1)}


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def check_sum(path: Path, expected: str) -> None:
    if sha256(path) != expected:
        sys.exit(f"{path.name}: not the expected source file")


def make_face(face: Face, source: Path, charset: set[int]) -> None:
    from fontTools.subset import Options, Subsetter, load_font, save_font

    options = Options()
    options.hinting = False
    options.notdef_outline = True
    options.recalc_timestamp = False
    options.name_IDs = KEPT_NAME_IDS
    options.name_languages = ["*"]
    options.harfbuzz_repacker = False
    font = load_font(source, options)
    options.layout_features = ["*"] if face.charset in ("book", "code") else kept_features(font)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=charset)
    subsetter.subset(font)
    if face.rename:
        rename_kai(font)
    save_font(font, HERE / face.target, options)
    if face.rename:
        check_renamed(HERE / face.target)


def kept_features(font) -> list[str]:
    lists = (font[table].table.FeatureList.FeatureRecord for table in ("GSUB", "GPOS"))
    return sorted({record.FeatureTag for records in lists for record in records} - DROPPED_FEATURES)


def rename_kai(font) -> None:
    """Replace every name but copyright and licence: the source reserves its own."""
    table = font["name"]
    kept = [record for record in table.names if record.nameID in (0, 13, 14)]
    table.names = kept
    english = {
        1: "Banxin Kai",
        2: "Regular",
        3: "1.250;BanxinKai-Regular",
        4: "Banxin Kai Regular",
        5: "Version 1.250",
        6: "BanxinKai-Regular",
    }
    chinese = {1: "版心楷", 2: "Regular", 4: "版心楷"}
    for language, names in ((0x409, english), (0x804, chinese)):
        for name_id, text in names.items():
            table.setName(text, name_id, 3, 1, language)
    font["OS/2"].achVendID = "    "


def check_renamed(path: Path) -> None:
    """Stop if a reserved name is left anywhere but in copyright and licence."""
    from fontTools.ttLib import TTFont

    font = TTFont(path)
    records = font["name"].names
    texts = [r.toUnicode() for r in records if r.nameID not in (0, 13, 14)]
    tables = [font.reader[tag] for tag in font.reader.keys() if tag != "name"]
    for name in RESERVED_NAMES:
        if any(name in text.lower() for text in texts):
            sys.exit(f"{path.name}: reserved name in the name table")
        if any(name.encode() in data.lower() for data in tables):
            sys.exit(f"{path.name}: reserved name outside the name table")


def write_licence(face: Face, source: Path, folder: Path) -> None:
    from fontTools.ttLib import TTFont

    notice = TTFont(source)["name"].getDebugName(0)
    if face.rename:
        text = debian_licence(notice, folder)
    else:
        text = (folder / "package/LICENSE_FONT").read_text(encoding="utf-8")
        if notice.replace("(c)", "Copyright").rstrip(".") not in text:
            text = f"{notice}\n{text}"
    (HERE / face.licence).write_text(text.rstrip() + "\n", encoding="utf-8")


def debian_licence(notice: str, folder: Path) -> str:
    """Join the font's notice with the notice and licence of the Debian package."""
    (path,) = folder.glob("usr/share/doc/*/copyright")
    paragraphs = path.read_text(encoding="utf-8").split("\n\n")
    (files,) = [p for p in paragraphs if p.startswith("Files: *")]
    (licence,) = [p for p in paragraphs if p.startswith("License: OFL-1.1")]
    holder = files.split("Copyright:\n")[1].split("\nLicense:")[0].strip()
    reserved = textwrap.dedent(files.split("Comment:\n")[1]).strip()
    body = textwrap.dedent(licence.split("\n", 1)[1])
    body = "\n".join("" if line == "." else line for line in body.splitlines())
    lines = [*notice.splitlines(), f"Copyright {holder}", reserved]
    intro = "This Font Software is licensed under the SIL Open Font License, Version 1.1."
    return "\n".join(lines) + f"\n\n{intro}\n\n{body}"


def report(face: Face, written: set[int]) -> None:
    from fontTools.ttLib import TTFont

    path = HERE / face.target
    font = TTFont(path)
    cmap = font.getBestCmap()
    glyphs = font["maxp"].numGlyphs
    print(f"{face.target}: {path.stat().st_size} bytes, {glyphs} glyphs, {len(cmap)} characters")
    missing = written - cmap.keys()
    if missing:
        print("  missing:", "".join(map(chr, sorted(missing))))


def write_sums() -> None:
    names = sorted(face.target for face in FACES)
    lines = [f"{sha256(HERE / name)}  {name}\n" for name in names]
    (HERE / "SHA256SUMS").write_text("".join(lines), encoding="ascii")


if __name__ == "__main__":
    main()
