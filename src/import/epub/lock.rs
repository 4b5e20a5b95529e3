//! What is locked in an EPUB (OCF 3.3, 4.2.6.3.2): obfuscated fonts are no matter, a locked text is.

use crate::diag::{Code, Diagnostic, Sink};
use crate::import::article::Remark;
use crate::import::sources::Source;
use crate::import::xml::Element;
use crate::import::zipped::Zipped;

/// Files that stand beside texts that only the reader of a shop opens.
const RIGHTS: [&str; 3] = ["META-INF/rights.xml", "META-INF/license.lcpl", "META-INF/sinf.xml"];

/// The ways of obfuscating fonts: of the IDPF (OCF 3.3, 4.3) and of Adobe.
const OBFUSCATED: [&str; 2] =
    ["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"];

/// Whether the text can be read; none where it was said that it is locked.
pub(super) fn open(
    zipped: &mut Zipped<'_>,
    source: &Source<'_>,
    remarks: &mut Vec<Remark>,
    sink: &mut Sink,
) -> Option<()> {
    let names = zipped.names();
    let has_rights = RIGHTS.iter().any(|right| names.iter().any(|name| name == right));
    let has_list = names.iter().any(|name| name == "META-INF/encryption.xml");
    let list =
        if has_list { zipped.xml("META-INF/encryption.xml", sink)? } else { Element::default() };
    let all = list.all();
    let methods = all.iter().filter(|it| it.is("EncryptionMethod"));
    let methods = methods.map(|it| it.attribute("Algorithm").unwrap_or_default());
    let locked = methods.filter(|method| !OBFUSCATED.contains(method)).count();
    if has_rights || locked > 0 {
        let message = "this EPUB is locked by digital rights management";
        let finding = Diagnostic::new(Code::UnknownSource, source.place(), message);
        sink.report(finding.hint("ask whoever published it for a file that is not locked"));
        return None;
    }
    if all.iter().any(|it| it.is("EncryptionMethod")) {
        remarks.push(super::told::fonts());
    }
    Some(())
}
