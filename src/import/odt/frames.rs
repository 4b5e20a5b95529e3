//! What stands in frames: pictures, text boxes, objects of other programs.

use super::package::CONTENT;
use super::places;
use super::text::{Reader, words};
use crate::import::article::{Block, Fate, Figure, Inline, Picture, Remark};
use crate::import::html::{base64, unescaped};
use crate::import::pieces::{Piece, push_text};
use crate::import::xml::Element;
use crate::import::zipped::beside;
use crate::message;
use crate::units::Length;

/// A picture that is lower than this stands in the line.
const LOW: Length = Length::mm(7.0);

impl Reader<'_, '_> {
    /// Anything that is drawn: what belongs into the line goes into `row`, all else beside it.
    pub(super) fn drawing(&mut self, drawing: &Element, row: &mut Vec<Inline>) {
        match drawing.name.as_str() {
            "draw:frame" => self.frame(drawing, row),
            "draw:g" | "draw:a" => {
                if let Some(address) = drawing.attribute("xlink:href") {
                    let what = message!("the link of a picture to `{address}`", address);
                    self.remarks.push(Remark::new(Fate::Left, what, ""));
                }
                drawing.elements().for_each(|inner| self.drawing(inner, row));
            }
            "svg:title" | "svg:desc" | "office:event-listeners" | "draw:glue-point" => {}
            _ => self.text_box(drawing),
        }
    }

    fn frame(&mut self, frame: &Element, row: &mut Vec<Inline>) {
        if let Some(formula) = self.formula(frame) {
            let what = message!("a formula became plain characters: “{formula}”", formula);
            self.remarks.push(Remark::new(Fate::Guessed, what, ""));
            push_text(row, &formula);
            return;
        }
        for element in frame.elements() {
            match element.name.as_str() {
                "draw:text-box" => self.text_box(element),
                "draw:object"
                | "draw:object-ole"
                | "draw:plugin"
                | "draw:applet"
                | "draw:floating-frame" => {
                    let name = element.attribute("xlink:href").or(frame.attribute("draw:name"));
                    let name = name.unwrap_or_default();
                    let what = message!("the object `{name}` inside the document", name);
                    self.remarks.push(Remark::new(Fate::Left, what, ""));
                }
                "table:table" => {
                    let mut pieces = Vec::new();
                    self.table(element, &mut pieces);
                    self.open.beside.append(&mut pieces);
                }
                _ => {}
            }
        }
        // What follows the first picture shows the same to programs that cannot read that one.
        if let Some(image) = frame.child("draw:image") {
            self.image(frame, image, row);
        }
    }

    fn image(&mut self, frame: &Element, image: &Element, row: &mut Vec<Inline>) {
        let picture = self.picture(image);
        let alt = alternative(frame);
        if frame.attribute("svg:height").and_then(length).is_some_and(|height| height < LOW) {
            row.push(Inline::Picture { picture, alt });
        } else {
            let anchors: Vec<String> =
                places::place(frame).into_iter().filter(|it| self.targets.contains(it)).collect();
            let (caption, source) = (String::new(), String::new());
            let figure = Figure { picture, alt, caption, source, anchors };
            self.open.beside.push(Piece::Block(Block::Figure(Box::new(figure))));
        }
        self.text_box(image);
    }

    /// A picture of the package, or the place of one that lies elsewhere: nothing is fetched.
    fn picture(&mut self, image: &Element) -> Picture {
        if let Some(data) = image.child("office:binary-data") {
            let bytes = base64(&data.text()).unwrap_or_default();
            return Picture::Here { name: "picture".to_owned(), bytes };
        }
        let address = image.attribute("xlink:href").unwrap_or_default().to_owned();
        let name = if is_elsewhere(&address) { None } else { beside(CONTENT, &address) };
        let found = name.and_then(|name| {
            let bytes = self.package.bytes(&name, self.sink);
            let bytes = bytes.or_else(|| self.package.bytes(&unescaped(&name), self.sink))?;
            Some(Picture::Here { name, bytes })
        });
        found.unwrap_or(Picture::Wanted { address })
    }

    /// Words in a frame or a shape; a picture with words is a figure with a caption.
    fn text_box(&mut self, text_box: &Element) {
        let mut pieces = Vec::new();
        let nest = std::mem::take(&mut self.nest);
        let sequence = std::mem::take(&mut self.open.has_sequence);
        self.blocks(text_box, &mut pieces);
        self.open.has_sequence = sequence;
        self.nest = nest;
        let is_figure = |it: &Piece| matches!(it, Piece::Block(Block::Figure(_)));
        if !pieces.is_empty() && !pieces.iter().any(is_figure) {
            let what =
                message!("a text box stands after its paragraph: “{said}”", said = words(text_box));
            self.remarks.push(Remark::new(Fate::Guessed, what, ""));
        }
        self.open.beside.append(&mut pieces);
    }

    /// The formula that a frame holds; none where it holds something else.
    fn formula(&mut self, frame: &Element) -> Option<String> {
        let object = frame.child("draw:object")?;
        let is_math = |it: &&Element| local(it) == "math";
        if let Some(math) = object.elements().find(is_math) {
            return Some(formula(math));
        }
        let address = object.attribute("xlink:href").filter(|it| !is_elsewhere(it))?;
        let name = beside(CONTENT, &format!("{address}/{CONTENT}"))?;
        let part = self.package.xml(&name, self.sink)?;
        is_math(&&part).then(|| formula(&part))
    }
}

/// Whether an address leads out of the package.
fn is_elsewhere(address: &str) -> bool {
    let scheme = address.split(['/', '?', '#']).next().unwrap_or_default();
    scheme.contains(':') || address.starts_with('/')
}

/// What those are told who cannot see a picture.
fn alternative(frame: &Element) -> String {
    let said = ["svg:title", "svg:desc"]
        .map(|name| frame.child(name).map(Element::text).unwrap_or_default().trim().to_owned());
    match said {
        [title, text] if title.is_empty() || text.contains(&title) => text,
        [title, text] if text.is_empty() => title,
        [title, text] => format!("{title} – {text}"),
    }
}

/// A length as these texts have it: centimetres and inches too.
fn length(text: &str) -> Option<Length> {
    let by = |unit: &str, millimetres: f64| {
        let number: f64 = text.strip_suffix(unit)?.trim().parse().ok()?;
        Some(Length::mm(number * millimetres))
    };
    by("cm", 10.0).or_else(|| by("in", 25.4)).or_else(|| Length::parse(text))
}

/// A name without its prefix: formulas have any or none.
fn local(element: &Element) -> &str {
    element.name.rsplit(':').next().unwrap_or_default()
}

/// A formula of MathML on one line: fractions and powers as programmers write them.
fn formula(element: &Element) -> String {
    let parts: Vec<String> = match local(element) {
        "mi" | "mn" | "mo" | "mtext" | "ms" => vec![element.text().trim().to_owned()],
        "annotation" | "annotation-xml" => Vec::new(),
        _ => element.elements().map(formula).collect(),
    };
    match (local(element), parts.as_slice()) {
        ("mfrac", [above, below]) => format!("({above})/({below})"),
        ("msup" | "mover", [base, above]) => format!("{base}^({above})"),
        ("msub" | "munder", [base, below]) => format!("{base}_({below})"),
        ("msubsup" | "munderover", [base, below, above]) => format!("{base}_({below})^({above})"),
        ("msqrt", _) => format!("√({})", parts.concat()),
        ("mroot", [under, degree]) => format!("{degree}√({under})"),
        _ => parts.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::xml;

    #[test]
    fn formulas_stand_on_a_line() {
        let math = xml::read(
            "<math:math><math:semantics><math:mrow><math:mfrac><math:mn>1</math:mn><math:msqrt>
            <math:mi>x</math:mi></math:msqrt></math:mfrac><math:mo>+</math:mo><math:msup>
            <math:mi>y</math:mi><math:mn>2</math:mn></math:msup></math:mrow>
            <math:annotation>1 over x</math:annotation></math:semantics></math:math>",
        );
        assert_eq!(formula(&math.unwrap()), "(1)/(√(x))+y^(2)");
    }

    #[test]
    fn lengths_and_addresses_are_understood() {
        assert_eq!(length("0.5cm"), Some(Length::mm(5.0)));
        assert_eq!(length("1in"), Some(Length::pt(72.0)));
        assert_eq!(length("12pt"), Some(Length::pt(12.0)));
        assert!(is_elsewhere("https://example.org/a.png") && is_elsewhere("//example.org/a.png"));
        assert!(!is_elsewhere("Pictures/a:b.png") && !is_elsewhere("./Object 1"));
    }
}
