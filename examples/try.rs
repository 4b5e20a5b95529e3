use banxin::*;
fn main() {
    let dir = std::env::args().nth(1).unwrap();
    let t = std::time::Instant::now();
    let folder = files::Folder::Disk(dir.into());
    let mut sink = diag::Sink::default();
    let r = build(&folder, &[], &|s| eprintln!("{s:?} {:?}", t.elapsed()), &mut sink);
    for f in sink.findings() {
        println!("{}", sink.line(f));
    }
    for b in r.unwrap() {
        println!("{} {} {:?}", b.name, b.bytes.len(), b.pages);
        std::fs::write(format!("/tmp/out/{}", b.name), b.bytes).unwrap();
    }
    println!("{:?}", t.elapsed());
}
