fn a() {}
// ANCHOR: part
fn b() {}
// ANCHOR_END: part
