//! The records of a package through schemas that others wrote: ONIX by onixcheck, METS, MODS, PREMIS
//! by xmllint. Of MARCXML none is at hand, and that of oai_dc leans on one that is not: both are only
//! looked at for being well formed.
//!
//! Schemas come out of the wheels in the folder `BANXIN_SCHEMA_WHEELS`; what they import from the web
//! is led to the files beside them, so that nothing is fetched.

use std::io::Read;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use tempfile::TempDir;

use super::{call, lacking, printed};
use crate::{archive, sample};

/// Schemas, and what follows after the wheel's folder that has them.
const SCHEMAS: [(&str, &str, &str); 5] = [
    ("eulxml", "eulxml/schema_data/premis.xsd", "premis.xsd"),
    ("eulxml", "eulxml/schema_data/mods-3-4.xsd", "mods.xsd"),
    ("eulxml", "eulxml/schema_data/xlink.xsd", "xlink.xsd"),
    ("eark_validator", "eark_validator/ipxml/resources/schema/mets.xsd", "mets.xsd"),
    ("eark_validator", "eark_validator/ipxml/resources/schema/xml.xsd", "xml.xsd"),
];

/// Addresses that schemas import, and the files that stand for them.
const IMPORTS: [(&str, &str); 2] = [
    ("http://www.loc.gov/mods/xml.xsd", "xml.xsd"),
    ("http://www.loc.gov/standards/xlink/xlink.xsd", "xlink.xsd"),
];

#[test]
fn records_are_valid_by_the_schemas_of_their_standards() {
    let Some(schemas) = schemas() else { return };
    each(|path, name| {
        let schema = match name {
            "mods.xml" => "mods.xsd",
            "premis.xml" => "premis.xsd",
            "mets.xml" => "mets.xsd",
            _ => return,
        };
        let schema = schemas.join(schema);
        let mut command = Command::new("xmllint");
        command.args(["--nonet", "--noout", "--schema"]).arg(schema).arg(path);
        let Some(output) = call(&mut command) else { return };
        assert!(output.status.success(), "{name}\n{}", printed(&output));
    });
}

#[test]
fn a_record_that_breaks_its_schema_is_refused() {
    let Some(schemas) = schemas() else { return };
    let folder = tempfile::tempdir().unwrap();
    let broken = folder.path().join("broken.xml");
    for (name, right, wrong) in [
        ("mods.xml", "<typeOfResource>text<", "<typeOfResource>book<"),
        ("premis.xml", "<size>", "<size>many"),
        ("mets.xml", "MDTYPE=\"DC\"", "MDTYPE=\"OAI\""),
    ] {
        let records = archive::written(&archive::rich());
        let (_, bytes) = records.into_iter().find(|(known, _)| *known == name).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.contains(right), "{name}");
        std::fs::write(&broken, text.replace(right, wrong)).unwrap();
        let schema = schemas.join(name.replace(".xml", ".xsd"));
        let mut command = Command::new("xmllint");
        command.args(["--nonet", "--noout", "--schema"]).arg(schema).arg(&broken);
        let Some(output) = call(&mut command) else { return };
        assert!(printed(&output).contains("fails to validate"), "{}", printed(&output));
    }
}

#[test]
fn onix_is_valid_with_its_code_lists() {
    each(|path, name| {
        if name == "onix31.xml" {
            let Some(output) = call(Command::new("onixcheck").arg(path)) else { return };
            let said = printed(&output);
            assert!(output.status.success() && !said.contains("INVALID"), "{said}");
            assert!(said.contains("VALID"), "{said}");
        }
    });
}

#[test]
fn every_record_is_well_formed() {
    each(|path, name| {
        let mut command = Command::new("xmllint");
        let Some(output) = call(command.args(["--nonet", "--noout"]).arg(path)) else { return };
        assert!(output.status.success(), "{name}\n{}", printed(&output));
        assert_eq!(printed(&output), "", "{name}");
    });
}

/// Does something with every record of the sample book and of one that says all and says it badly.
fn each(look: impl Fn(&Path, &str)) {
    let folder = tempfile::tempdir().unwrap();
    for book in [sample::sample_folder(), archive::rich()] {
        for (name, bytes) in archive::written(&book) {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            look(&path, name);
        }
    }
}

/// The folder of schemas; none where the wheels are not there and need not be.
fn schemas() -> Option<&'static Path> {
    static FOLDER: OnceLock<Option<TempDir>> = OnceLock::new();
    FOLDER.get_or_init(unpacked).as_ref().map(TempDir::path)
}

fn unpacked() -> Option<TempDir> {
    let Some(wheels) = std::env::var_os("BANXIN_SCHEMA_WHEELS") else {
        return lacking("eulxml and eark-validator", "`BANXIN_SCHEMA_WHEELS` is not set");
    };
    let folder = tempfile::tempdir().unwrap();
    let files: Vec<_> = std::fs::read_dir(wheels).unwrap().map(|file| file.unwrap()).collect();
    for (package, path, name) in SCHEMAS {
        let is_of = |name: &str| name.starts_with(package) && name.ends_with(".whl");
        let wheel = files.iter().find(|file| is_of(&file.file_name().to_string_lossy()));
        let Some(wheel) = wheel else { return lacking(package, "there is no wheel of it") };
        let wheel = std::fs::File::open(wheel.path()).unwrap();
        let mut schema = String::new();
        let mut wheel = zip::ZipArchive::new(wheel).unwrap();
        wheel.by_name(path).unwrap().read_to_string(&mut schema).unwrap();
        for (address, file) in IMPORTS {
            let import = |target: &str| format!("schemaLocation=\"{target}\"");
            schema = schema.replace(&import(address), &import(file));
        }
        std::fs::write(folder.path().join(name), schema).unwrap();
    }
    Some(folder)
}
