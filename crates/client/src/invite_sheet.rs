//! Many invites as a page that any browser prints: a card for each person, with the link as a picture.

use opora_ipc::structure::BulkInvite;
use opora_texts::Texts;

/// The style: two columns of cards that are never cut by the end of a page.
const STYLE: &str = "body{font:14px/1.4 sans-serif;color:#000;background:#fff;margin:12mm}h1{font-size:18px}\
.all{display:grid;grid-template-columns:1fr 1fr;gap:6mm}.one{border:1px solid #888;border-radius:3mm;padding:4mm;\
break-inside:avoid}.one h2{font-size:16px;margin:0}.one p{margin:1mm 0}svg{width:38mm;height:38mm;display:block;\
margin:2mm auto}code{font:10px/1.3 monospace;word-break:break-all}@media(max-width:40rem){.all{grid-template-columns:1fr}}";

/// The page. Everything that people wrote is escaped.
pub(crate) fn html(firm: &str, invites: &[BulkInvite], texts: &Texts) -> String {
    let [lang, title, how, once] =
        ["core-lang", "core-invites-title", "core-invites-how", "core-invites-once"].map(|id| texts.say(id));
    let firm = escaped(firm);
    let mut page = format!(
        "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\"><title>{title}: {firm}</title>\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\
         <style>{STYLE}</style></head><body><h1>{title}: {firm}</h1><p>{how}</p><div class=\"all\">\n"
    );
    for invite in invites {
        let (name, organisation, link) = (escaped(&invite.name), escaped(&invite.organisation), escaped(&invite.link));
        let (size, path) = (invite.qr.size, &invite.qr.path);
        page.push_str(&format!(
            "<section class=\"one\"><h2>{name}</h2><p>{organisation}</p>\
             <svg viewBox=\"0 0 {size} {size}\" role=\"img\" aria-label=\"QR\"><path fill=\"#fff\" d=\"M0 0h{size}v{size}h-{size}z\"/>\
             <path d=\"{path}\"/></svg><p><code>{link}</code></p><p>{once}</p></section>\n"
        ));
    }
    page.push_str("</div></body></html>\n");
    page
}

pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use opora_domain::PersonId;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn every_person_has_a_card_and_no_name_becomes_markup() {
        let invite = |name: &str| BulkInvite {
            person: PersonId(Uuid::from_u128(1)),
            name: name.into(),
            email: String::new(),
            organisation: "ООО «Ромашка» & Ко".into(),
            link: "opora://127.0.0.1:7443/join#1.abc".into(),
            qr: crate::qr::of("opora://127.0.0.1:7443/join#1.abc"),
        };
        let page = html(
            "Север-Софт",
            &[invite("Анна"), invite("<script>alert(1)</script>")],
            Texts::of(opora_domain::mail::Tongue::Ru),
        );
        assert_eq!(page.matches("<section").count(), 2);
        assert!(!page.contains("<script>") && page.contains("&lt;script&gt;"));
        assert!(page.contains("ООО «Ромашка» &amp; Ко"));
    }
}
