//! A link as a picture.

use opora_ipc::structure::QrView;
use qrcodegen::{QrCode, QrCodeEcc};

/// Modules of white around the code (ISO/IEC 18004, 9.1).
const QUIET: i32 = 4;

/// The path of an SVG whose units are modules; empty when the text is longer than a code holds.
#[must_use]
pub(crate) fn of(text: &str) -> QrView {
    let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Medium) else {
        return QrView { size: 0, path: String::new() };
    };
    let side = code.size();
    let mut path = String::new();
    for y in 0..side {
        let mut x = 0;
        while x < side {
            let start = x;
            while x < side && code.get_module(x, y) {
                x += 1;
            }
            if x > start {
                path.push_str(&format!("M{} {}h{}v1h-{}z", start + QUIET, y + QUIET, x - start, x - start));
            }
            x += 1;
        }
    }
    QrView { size: u32::try_from(side + 2 * QUIET).unwrap_or_default(), path }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_fits_and_its_picture_has_the_three_corners() {
        let qr = of(&format!("opora://support.sever.ru:7443/join#1.{}", "a".repeat(86)));
        assert!(qr.size > 40, "{}", qr.size);
        assert!(qr.path.starts_with("M4 4h7v1h-7z"), "{}", &qr.path[..20]);
        assert_eq!(of(&"я".repeat(3_000)), QrView { size: 0, path: String::new() });
    }
}
