//! The pointer's shape and place, told apart from the pictures so that the viewer draws it at once.

use std::sync::Arc;

use opora_domain::grant::Refused;
use opora_screen::{CursorEvent, CursorSource, error::CaptureError};

use super::{Shared, locked};
use crate::message::{Place, ToViewer};

pub(super) fn start(shared: &Arc<Shared>, mut cursor: Box<dyn CursorSource>) {
    let shared = Arc::clone(shared);
    let run = move || match follow(&shared, &mut *cursor) {
        Ok(()) | Err(CaptureError::Refused(Refused::None)) => {}
        // The picture's thread meets the same and ends the share; without a pointer it could go on.
        Err(error) => tracing::info!(%error, "the pointer is not told any more"),
    };
    if std::thread::Builder::new().name("opora-pointer".into()).spawn(run).is_err() {
        tracing::warn!("no thread for the pointer");
    }
}

fn follow(shared: &Shared, cursor: &mut dyn CursorSource) -> Result<(), CaptureError> {
    let mut n = 0_u32;
    while !shared.is_over() {
        match cursor.next(&shared.gate, &|| shared.clock.now())? {
            Some(CursorEvent::Shape(shape)) => {
                locked(&shared.shown).cursor = Some(shape.clone());
                shared.tell(ToViewer::Cursor(shape));
            }
            Some(CursorEvent::Moved { x, y }) => {
                n = n.wrapping_add(1);
                shared.tell(ToViewer::Pointer(Place { n, x, y }));
            }
            None => {}
        }
    }
    Ok(())
}
