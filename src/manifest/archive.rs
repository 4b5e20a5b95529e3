//! `[archive]`: what a package for libraries holds.

use super::meaning::Reader;
use super::{ArchiveChoice, raw};
use crate::diag::Code;
use crate::profile::{Form, Target};

impl Reader<'_> {
    /// The choices for a package.
    pub fn archive(&mut self, archive: raw::Archive) -> ArchiveChoice {
        let raw::Archive { target, forms, reports } = archive;
        let target = target.and_then(|given| self.choose("target", &given, &Target::ALL));
        let forms = match forms {
            Some(forms) => {
                if forms.get_ref().is_empty() {
                    let message = "`forms` must name at least one form";
                    self.report(Code::BadValue, forms.span(), message);
                }
                let given = forms.into_inner();
                let chosen = given.iter().filter_map(|form| self.choose("forms", form, &Form::ALL));
                let mut forms: Vec<Form> = chosen.collect();
                forms.sort();
                forms.dedup();
                forms
            }
            None => vec![Form::Zip],
        };
        let reports = reports.iter().filter_map(|path| self.path("reports", path)).collect();
        ArchiveChoice { target: target.unwrap_or_default(), forms, reports }
    }
}
