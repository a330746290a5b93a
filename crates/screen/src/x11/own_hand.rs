//! Listens for the person's own hand: XInput's raw events of every device but those of XTEST, through
//! which everything injected comes.
//!
//! Raw events are chosen device by device, so injected ones do not even wake the thread, and an idle
//! hand costs nothing. A moving one wakes it ten times a second, however fast the mouse reports. Devices
//! that are plugged in later are followed. Touch screens and tablets are devices like others.

use std::{
    thread::JoinHandle,
    time::{Duration, Instant},
};

use x11rb::{
    connection::Connection,
    errors::ReplyError,
    protocol::{
        Event,
        xinput::{self, Device, DeviceId, DeviceType, XIDeviceInfo, XIEventMask},
    },
};

use super::{
    display::{Display, Slept},
    grip::{SharedGrip, locked},
};
use crate::{Waker, error::InputError};

/// After something was heard, nothing is read for this long: what comes meanwhile only lengthens the
/// rest, by this much at most.
const PACE: Duration = Duration::from_millis(100);

/// Until it is dropped.
pub(super) struct Listener {
    waker: Waker,
    thread: Option<JoinHandle<()>>,
}

impl Listener {
    /// Begins to listen; `None` where the display cannot tell devices apart.
    pub(super) fn start(name: &str, grip: SharedGrip) -> Result<Option<Self>, InputError> {
        let display = Display::open(name)?;
        if display.require("XInputExtension").is_err() {
            return Ok(None);
        }
        // Before 2.2 raw events are lost while a program grabs the pointer, as each open menu does.
        let version = xinput::xi_query_version(&display.conn, 2, 2)?.reply()?;
        if (version.major_version, version.minor_version) < (2, 2) {
            return Ok(None);
        }
        select(&display, Device::ALL.into(), XIEventMask::HIERARCHY)?;
        listen_to_devices(&display)?;
        let waker = display.waker();
        let run = move || {
            if let Err(error) = listen(&display, &grip) {
                tracing::warn!(%error, "the person's own hand is no longer noticed");
            }
        };
        let thread = std::thread::Builder::new().name("opora-own-hand".into()).spawn(run)?;
        Ok(Some(Self { waker, thread: Some(thread) }))
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.waker.wake();
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

fn listen(display: &Display, grip: &SharedGrip) -> Result<(), InputError> {
    let mut resting = false;
    loop {
        if read_events(display)? {
            resting = true;
            let now = Instant::now();
            locked(grip).yield_to_own_hand(display, now);
            if display.pause(now + PACE)? == Slept::Woken {
                return Ok(());
            }
            continue;
        }
        let until = locked(grip).own_hand.until().filter(|_| resting);
        if until.is_some_and(|until| Instant::now() >= until) {
            resting = false;
            let rest_over = locked(grip).rest_over.clone();
            if let Some(tell) = rest_over {
                tell();
            }
            continue;
        }
        if display.sleep(until)? == Slept::Woken {
            return Ok(());
        }
    }
}

/// Reads all that was sent; whether the person's own hand was among it.
fn read_events(display: &Display) -> Result<bool, InputError> {
    let (mut came, mut changed) = (false, false);
    while let Some(event) = display.conn.poll_for_event()? {
        came |= is_raw(&event);
        changed |= matches!(event, Event::XinputHierarchy(_));
    }
    if changed {
        listen_to_devices(display)?;
    }
    Ok(came)
}

/// Raw events are chosen of physical devices only, so each of them is the person's.
fn is_raw(event: &Event) -> bool {
    matches!(
        event,
        Event::XinputRawMotion(_)
            | Event::XinputRawButtonPress(_)
            | Event::XinputRawButtonRelease(_)
            | Event::XinputRawKeyPress(_)
            | Event::XinputRawKeyRelease(_)
            | Event::XinputRawTouchBegin(_)
            | Event::XinputRawTouchUpdate(_)
            | Event::XinputRawTouchEnd(_)
    )
}

fn listen_to_devices(display: &Display) -> Result<(), InputError> {
    let raw = XIEventMask::RAW_MOTION
        | XIEventMask::RAW_BUTTON_PRESS
        | XIEventMask::RAW_BUTTON_RELEASE
        | XIEventMask::RAW_KEY_PRESS
        | XIEventMask::RAW_KEY_RELEASE
        | XIEventMask::RAW_TOUCH_BEGIN
        | XIEventMask::RAW_TOUCH_UPDATE
        | XIEventMask::RAW_TOUCH_END;
    let all = xinput::xi_query_device(&display.conn, DeviceId::from(Device::ALL))?.reply()?.infos;
    for device in all.iter().filter(|device| is_physical(device)) {
        match select(display, device.deviceid, raw) {
            // It was pulled out just now.
            Err(ReplyError::X11Error(_)) => {}
            chosen => chosen?,
        }
    }
    Ok(())
}

fn select(display: &Display, deviceid: DeviceId, events: XIEventMask) -> Result<(), ReplyError> {
    let mask = xinput::EventMask { deviceid, mask: vec![events] };
    xinput::xi_select_events(&display.conn, display.root, &[mask])?.check()
}

/// Whether what this device does is the person's doing. The server gives every pair of master devices
/// a pair of XTEST devices named after it. A device that is attached to no master moves nothing.
fn is_physical(device: &XIDeviceInfo) -> bool {
    let attached = matches!(device.type_, DeviceType::SLAVE_POINTER | DeviceType::SLAVE_KEYBOARD);
    let injected = [&b"XTEST pointer"[..], b"XTEST keyboard"].iter().any(|name| device.name.ends_with(name));
    attached && !injected
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As a notebook lists them, with a second pair of master devices and a mouse taken off.
    #[test]
    fn the_person_s_devices_are_told_from_the_injected_ones() {
        let device = |name: &str, type_| XIDeviceInfo {
            deviceid: 9,
            type_,
            attachment: 2,
            enabled: true,
            name: name.into(),
            classes: Vec::new(),
        };
        let pointer = DeviceType::SLAVE_POINTER;
        let keyboard = DeviceType::SLAVE_KEYBOARD;
        for (name, type_) in [
            ("Logitech USB Optical Mouse", pointer),
            ("SynPS/2 Synaptics TouchPad", pointer),
            ("ELAN Touchscreen", pointer),
            ("AT Translated Set 2 keyboard", keyboard),
            ("TigerVNC pointer", pointer),
        ] {
            assert!(is_physical(&device(name, type_)), "{name}");
        }
        for (name, type_) in [
            ("Virtual core XTEST pointer", pointer),
            ("Virtual core XTEST keyboard", keyboard),
            ("second XTEST pointer", pointer),
            ("Virtual core pointer", DeviceType::MASTER_POINTER),
            ("Virtual core keyboard", DeviceType::MASTER_KEYBOARD),
            ("Wacom pen", DeviceType::FLOATING_SLAVE),
        ] {
            assert!(!is_physical(&device(name, type_)), "{name}");
        }
    }
}
