//! Which windows are Opora's own (D6): no event of a helper may reach them.

use x11rb::{
    errors::ReplyError,
    protocol::xproto::{AtomEnum, ConnectionExt as _, Window},
};

use super::display::Display;

/// Every Opora program's windows have this class.
const CLASS: &[u8] = b"opora";
/// A window manager's frame holds the client's window one or two levels down.
const FRAME_DEPTH: u32 = 3;
/// Deeper nesting than this is not followed; toolkits need under ten.
const MOST_NESTING: usize = 64;

pub(super) struct OwnWindows {
    pid_atom: u32,
    pub(super) pids: Vec<u32>,
}

impl OwnWindows {
    pub(super) fn new(display: &Display) -> Result<Self, ReplyError> {
        let pid_atom = display.conn.intern_atom(false, b"_NET_WM_PID")?.reply()?.atom;
        Ok(Self { pid_atom, pids: Vec::new() })
    }

    /// Whether the pointer is over one of them, its title bar included.
    pub(super) fn under_pointer(&self, display: &Display) -> Result<bool, ReplyError> {
        let top = display.conn.query_pointer(display.root)?.reply()?.child;
        Ok(top != x11rb::NONE && (self.holds(display, top, FRAME_DEPTH) || self.chain_below(display, top)?))
    }

    /// Whether keys would go to one of them.
    pub(super) fn focused(&self, display: &Display) -> Result<bool, ReplyError> {
        let focus = display.conn.get_input_focus()?.reply()?.focus;
        let pointer_root: Window = x11rb::protocol::xproto::InputFocus::POINTER_ROOT.into();
        if focus == pointer_root || focus == display.root {
            return self.under_pointer(display);
        }
        if focus == x11rb::NONE {
            return Ok(false);
        }
        let mut window = focus;
        for _ in 0..MOST_NESTING {
            if self.is_own(display, window) {
                return Ok(true);
            }
            // A window that vanished in between can no longer be typed into.
            let Ok(tree) = display.conn.query_tree(window)?.reply() else { return Ok(false) };
            if tree.parent == display.root || tree.parent == x11rb::NONE {
                return Ok(self.holds(display, window, FRAME_DEPTH));
            }
            window = tree.parent;
        }
        Ok(true) // nobody nests this deep honestly
    }

    /// Follows the pointer from a top-level window down to the innermost.
    fn chain_below(&self, display: &Display, top: Window) -> Result<bool, ReplyError> {
        let mut window = top;
        for _ in 0..MOST_NESTING {
            let Ok(pointer) = display.conn.query_pointer(window)?.reply() else { return Ok(false) };
            if pointer.child == x11rb::NONE {
                return Ok(false);
            }
            if self.is_own(display, pointer.child) {
                return Ok(true);
            }
            window = pointer.child;
        }
        Ok(true)
    }

    /// Whether the window or one a few levels inside it is ours.
    fn holds(&self, display: &Display, window: Window, depth: u32) -> bool {
        if self.is_own(display, window) {
            return true;
        }
        if depth == 0 {
            return false;
        }
        let children = display.conn.query_tree(window).ok().and_then(|cookie| cookie.reply().ok());
        children.is_some_and(|tree| tree.children.iter().any(|child| self.holds(display, *child, depth - 1)))
    }

    fn is_own(&self, display: &Display, window: Window) -> bool {
        let conn = &display.conn;
        let class = conn.get_property(false, window, AtomEnum::WM_CLASS, AtomEnum::STRING, 0, 64);
        let pid = conn.get_property(false, window, self.pid_atom, AtomEnum::CARDINAL, 0, 1);
        let (Ok(class), Ok(pid)) = (class, pid) else { return false };
        let (class, pid) = (class.reply(), pid.reply());
        // WM_CLASS is two strings, each ended by a zero byte: instance and class.
        let of_class = class.is_ok_and(|class| class.value.split(|b| *b == 0).any(is_opora));
        let of_pid = pid.ok().and_then(|pid| pid.value32()?.next()).is_some_and(|pid| self.pids.contains(&pid));
        of_class || of_pid
    }
}

/// `opora`, `Opora`, `opora-desktop`, `app.opora.desktop`.
fn is_opora(name: &[u8]) -> bool {
    name.split(|b| matches!(b, b'-' | b'.' | b'_')).any(|word| word.eq_ignore_ascii_case(CLASS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opora_is_known_by_every_form_of_its_name_and_others_are_not() {
        for own in ["opora", "Opora", "opora-desktop", "app.opora.desktop"] {
            assert!(is_opora(own.as_bytes()), "{own}");
        }
        for other in ["xterm", "oporation", "Firefox"] {
            assert!(!is_opora(other.as_bytes()), "{other}");
        }
    }
}
