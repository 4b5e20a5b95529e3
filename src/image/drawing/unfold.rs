//! How deep and how large a drawing becomes once every reference stands for what it names: the
//! resolver follows `use`, patterns, masks, clip paths and markers wherever they are named, and a
//! few lines can name a million shapes.

use std::collections::BTreeMap;

use resvg::usvg::roxmltree::{Document, Node};

use super::markup::NAMESPACE;
use crate::diag::Code;
use crate::image::Fault;
use crate::message;

/// The deepest nesting that is followed.
const MOST_DEPTH: usize = 128;

/// The most elements that a drawing may unfold to.
const MOST_ELEMENTS: u64 = 1_000_000;

/// The most comparisons of elements with rules of style sheets.
const MOST_COMPARISONS: usize = 200_000_000;

/// Refuses a drawing that is too deep or too large.
pub fn check(document: &Document<'_>) -> Result<(), Fault> {
    let graph = Graph::new(document).ok_or_else(too_large)?;
    let heights = graph.heights();
    if heights[0] > MOST_DEPTH {
        let message =
            message!("the drawing is nested more than {most} levels deep", most = MOST_DEPTH);
        return Err(
            Fault::new(Code::NestedTooDeep, message).hint("ungroup it in the program that made it")
        );
    }
    if graph.elements(&heights) > MOST_ELEMENTS {
        return Err(too_large());
    }
    Ok(())
}

fn too_large() -> Fault {
    let message =
        message!("the drawing unfolds to more than {most} elements", most = MOST_ELEMENTS);
    Fault::new(Code::FileTooLarge, message)
        .hint("simplify it in the program that made it, or export it as a PNG")
}

/// All nodes of a document in its order, by number, the root first.
struct Graph {
    nodes: Vec<Vertex>,
}

/// A node and what is resolved inside it.
#[derive(Default)]
struct Vertex {
    children: Vec<usize>,
    /// What a `use` shows.
    shows: Vec<usize>,
    /// What it is painted, clipped, masked or filtered with; those inside it inherit some of that.
    paints: Vec<usize>,
    /// What is put on each of its points; inherited too.
    marks: Vec<usize>,
    /// How many points its outline has.
    points: u64,
    /// A gradient holds nothing but its stops.
    gradient: bool,
}

impl Graph {
    /// The graph of a document; none if it has far more references than it may unfold to.
    fn new(document: &Document<'_>) -> Option<Self> {
        let mut targets = BTreeMap::new();
        for node in document.descendants() {
            if let Some(id) = node.attribute("id") {
                targets.entry(id).or_insert(node);
            }
        }
        let nodes = document.descendants().count();
        let all_rules: usize = style_sheets(document).map(|text| text.matches('{').count()).sum();
        if nodes.saturating_mul(all_rules) > MOST_COMPARISONS {
            return None;
        }
        let rules = rules(document);
        let mut room = usize::try_from(MOST_ELEMENTS).unwrap_or(usize::MAX);
        let mut vertices = Vec::with_capacity(nodes);
        for node in document.descendants() {
            let mut vertex = Vertex {
                children: node.children().map(|child| child.id().get_usize()).collect(),
                points: points(node),
                gradient: node.tag_name().name().ends_with("Gradient"),
                ..Vertex::default()
            };
            let styled = rules.iter().filter(|rule| rule.means(node)).map(|rule| rule.id);
            for target in references(node).chain(styled).filter_map(|id| targets.get(id)) {
                let list = match (node.tag_name().name(), target.tag_name().name()) {
                    ("use", _) => &mut vertex.shows,
                    (_, "marker") => &mut vertex.marks,
                    _ => &mut vertex.paints,
                };
                list.push(target.id().get_usize());
                room = room.checked_sub(1)?;
            }
            vertices.push(vertex);
        }
        Some(Self { nodes: vertices })
    }

    /// The height of every node, or of the root one that is higher than is allowed.
    fn heights(&self) -> Vec<usize> {
        let mut heights = vec![0_usize; self.nodes.len()];
        // Each round follows references one step further; one without change is the last.
        loop {
            let mut changed = false;
            for (number, vertex) in self.nodes.iter().enumerate().rev() {
                let below = [&vertex.children, &vertex.shows, &vertex.paints, &vertex.marks];
                let height = below.into_iter().flatten().map(|&below| heights[below] + 1).max();
                changed |= heights[number] != height.unwrap_or(0);
                heights[number] = height.unwrap_or(0);
            }
            if !changed || heights[0] > MOST_DEPTH {
                return heights;
            }
        }
    }

    /// The number of elements that the whole document unfolds to, rather too many than too few.
    fn elements(&self, heights: &[usize]) -> u64 {
        let mut order: Vec<usize> = (0..self.nodes.len()).collect();
        order.sort_by_key(|&number| heights[number]);
        let mut sums = vec![Sum::default(); self.nodes.len()];
        // What is lower is never inside of what is higher.
        for number in order {
            let vertex = &self.nodes[number];
            let mut sum = Sum { elements: 1, shapes: 1, points: vertex.points };
            for &part in vertex.children.iter().chain(&vertex.shows) {
                sum.add(sums[part]);
            }
            let holding = vertex.paints.iter().filter(|&&paint| !self.nodes[paint].gradient);
            let painted = holding.map(|&paint| sums[paint].elements.saturating_mul(sum.shapes));
            let marked =
                vertex.marks.iter().map(|&mark| sums[mark].elements.saturating_mul(sum.points));
            let more = painted.chain(marked).fold(0, u64::saturating_add);
            sum.elements = sum.elements.saturating_add(more);
            sums[number] = sum;
        }
        sums.first().map_or(0, |sum| sum.elements)
    }
}

/// What a node unfolds to.
#[derive(Clone, Copy, Default)]
struct Sum {
    elements: u64,
    /// Elements that inherit paints.
    shapes: u64,
    /// Points that inherit marks.
    points: u64,
}

impl Sum {
    fn add(&mut self, part: Self) {
        self.elements = self.elements.saturating_add(part.elements);
        self.shapes = self.shapes.saturating_add(part.shapes);
        self.points = self.points.saturating_add(part.points);
    }
}

/// At most how many points the outline of an element has: half of its numbers.
fn points(node: Node<'_, '_>) -> u64 {
    let outline = node.attribute("d").or_else(|| node.attribute("points"));
    let numbers = |outline: &str| {
        let is_part = |byte: &u8| byte.is_ascii_digit();
        let starts = outline.as_bytes().windows(2);
        1 + starts.filter(|pair| !is_part(&pair[0]) && is_part(&pair[1])).count()
    };
    // A line, a rectangle or a circle has up to five.
    outline.map_or(5, |outline| numbers(outline) as u64 / 2 + 2)
}

/// The ids that an element's attributes name: `#id` as a link, `url(#id)` in any other.
fn references<'a>(node: Node<'a, '_>) -> impl Iterator<Item = &'a str> {
    node.attributes().flat_map(|attribute| {
        let link = attribute.value().strip_prefix('#').filter(|_| attribute.name() == "href");
        link.into_iter().chain(urls(attribute.value()))
    })
}

/// The ids that a style names as `url(#id)`.
fn urls(style: &str) -> impl Iterator<Item = &str> {
    style.split("url(").skip(1).filter_map(|rest| {
        let target = rest.trim_start_matches([' ', '"', '\'']).strip_prefix('#')?;
        target.split([')', '"', '\'', ' ']).next()
    })
}

/// The texts of the style sheets in a drawing.
fn style_sheets<'a>(document: &'a Document<'_>) -> impl Iterator<Item = &'a str> {
    let styles = document.descendants().filter(|node| node.has_tag_name((NAMESPACE, "style")));
    styles.flat_map(|style| style.children().filter_map(|text| text.text()))
}

/// A rule of a style sheet that names something.
struct Rule<'a> {
    selector: &'a str,
    /// What it names.
    id: &'a str,
}

/// The rules of a drawing's style sheets that name something.
fn rules<'a>(document: &'a Document<'_>) -> Vec<Rule<'a>> {
    let rules = style_sheets(document).flat_map(|text| text.split('}'));
    let rules = rules.filter_map(|rule| rule.split_once('{'));
    let named = rules.flat_map(|(selectors, body)| {
        let selectors = selectors.split(',').map(str::trim);
        selectors.flat_map(move |selector| urls(body).map(move |id| Rule { selector, id }))
    });
    named.collect()
}

impl Rule<'_> {
    /// Whether the rule can mean an element: a class, an id or a name are looked at, any other
    /// selector means all.
    fn means(&self, node: Node<'_, '_>) -> bool {
        let is_word = |text: &str| {
            !text.is_empty()
                && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
        };
        let classes = || node.attribute("class").unwrap_or_default().split_ascii_whitespace();
        match self.selector.split_at_checked(1) {
            Some((".", class)) if is_word(class) => classes().any(|own| own == class),
            Some(("#", id)) if is_word(id) => node.attribute("id") == Some(id),
            _ if is_word(self.selector) => node.tag_name().name() == self.selector,
            _ => node.is_element(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(body: &str) -> String {
        let svg = format!("<svg xmlns='{NAMESPACE}'>{body}</svg>");
        let document = Document::parse(&svg).unwrap();
        check(&document).err().map_or("fine".into(), |fault| fault.code.to_string())
    }

    /// `count` things of a kind, each holding ten shapes that name the one before.
    fn chain(count: usize, name: &str, attribute: impl Fn(String) -> String) -> String {
        let link = |link: usize| {
            let named = if link == 0 { String::new() } else { attribute(format!("p{}", link - 1)) };
            let shapes = format!("<path d='M0 0L1 1' {named}/>").repeat(10);
            format!("<{name} id='p{link}'>{shapes}</{name}>")
        };
        (0..count).map(link).collect::<String>()
            + &format!("<rect {}/>", attribute(format!("p{}", count - 1)))
    }

    #[test]
    fn what_multiplies_is_refused() {
        for (name, attribute) in [
            ("pattern", "fill"),
            ("mask", "mask"),
            ("clipPath", "clip-path"),
            ("marker", "marker-mid"),
        ] {
            let named = |id: String| format!("{attribute}='url(#{id})'");
            assert_eq!(verdict(&chain(3, name, named)), "fine", "{name}");
            assert_eq!(verdict(&chain(7, name, named)), "file-too-large", "{name}");
        }
        // Paint that is inherited counts for every shape that inherits it.
        let group = "<path d='M0 0'/>".repeat(1000);
        let pattern = format!("<pattern id='p'>{}</pattern>", "<path d='M0 0'/>".repeat(2000));
        let inherited = format!("{pattern}<g fill='url(#p)'>{group}</g>");
        assert_eq!(verdict(&inherited), "file-too-large");
    }

    #[test]
    fn a_chain_through_a_style_sheet_counts() {
        let class = |id: String| format!("class='{id}'");
        let style = |count: usize| -> String {
            let rules = (0..count).map(|link| format!(".p{link}{{fill:url(#p{link})}}"));
            format!("<style>{}</style>", rules.collect::<String>())
        };
        assert_eq!(verdict(&(style(3) + &chain(3, "pattern", class))), "fine");
        assert_eq!(verdict(&(style(7) + &chain(7, "pattern", class))), "file-too-large");
        assert_eq!(verdict(&(style(200) + &chain(200, "pattern", class))), "nested-too-deep");
    }

    #[test]
    fn a_thousand_clip_paths_by_class_are_fine() {
        let one = |n: usize| {
            format!(
                "<style>.c{n}{{clip-path:url(#k{n})}}</style><clipPath id='k{n}'><rect/></clipPath>\
                 <path class='c{n}' d='M0 0L9 9'/>"
            )
        };
        assert_eq!(verdict(&(0..1000).map(one).collect::<String>()), "fine");
    }
}
