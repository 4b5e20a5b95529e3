//! What a page draws otherwise than the drawing asks.

use crate::diag::{Code, Message};
use crate::image::Remark;
use crate::message;

/// Something that has no counterpart in plain filled and stroked outlines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Simplified {
    /// A linear or radial gradient.
    Gradient,
    /// A pattern as paint.
    Pattern,
    /// Something half transparent.
    Opacity,
    /// A clip path that hides part of what it holds.
    Clip,
    /// A mask.
    Mask,
    /// A filter.
    Filter,
    /// A blend mode.
    Blend,
    /// A raster picture inside of the drawing.
    Raster,
    /// Markup of another kind inside of the drawing.
    Foreign,
    /// An animation.
    Motion,
}

impl Simplified {
    /// The remark about it.
    pub fn remark(self) -> Remark {
        let (feature, instead) = match self {
            Self::Gradient => ("a gradient", "its middle colour"),
            Self::Pattern => ("a pattern as paint", "one colour of it"),
            Self::Opacity => ("transparency", "the colour that it gives on white"),
            Self::Clip => ("a clip path", "what it hides too"),
            Self::Mask => ("a mask", "what it hides too"),
            Self::Filter => ("a filter", "the shapes without it"),
            Self::Blend => ("a blend mode", "the colours unblended"),
            Self::Raster => ("a raster picture", "nothing in its place"),
            Self::Foreign => ("`foreignObject`", "nothing in its place"),
            Self::Motion => ("an animation", "where it starts"),
        };
        let (feature, instead) = (Message::from(feature), Message::from(instead));
        let message = message!(
            "the drawing uses {feature}; a PDF page will show {instead}",
            feature,
            instead
        );
        Remark::new(Code::DrawingSimplified, message).hint(match self {
            Self::Raster => "put the picture into the book as a PNG or JPEG of its own",
            Self::Foreign => "write its words as `text` of the drawing",
            Self::Gradient
            | Self::Pattern
            | Self::Opacity
            | Self::Clip
            | Self::Mask
            | Self::Filter
            | Self::Blend
            | Self::Motion => "use plain colours and shapes, or export the drawing as a PNG",
        })
    }
}
