//! AV1 by libaom, with the settings that libwebrtc uses for screens (research/media.md 2.2).
//!
//! One-pass real time, constant bit rate, no frames held back, palette and screen tools on. Key
//! frames come only when asked for. Time stamps count up at a bounded pace, so a still screen does
//! not teach the rate control that frames are rare and may be huge.
#![allow(unsafe_code, reason = "libaom is a C library; every call to it is in this module")]

use std::{ffi::CStr, mem::MaybeUninit, ptr, time::Duration};

use bytes::Bytes;
use libaom_sys as aom;

use super::{CodecError, I420};

/// Ticks a second of the encoder's time stamps, as of RTP video.
const TICKS: i64 = 90_000;
/// Frames never seem closer or further apart than this to the rate control.
const PACE: (Duration, Duration) = (Duration::from_millis(16), Duration::from_millis(200));
/// 10 is the fastest speed that still uses screen tools well (measured, media.md 2.1).
const SPEED: i32 = 10;

/// How to encode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EncoderConfig {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Target in bits a second.
    pub bitrate: u32,
    /// Threads, 1 to 4; also tile columns.
    pub threads: u32,
}

/// One encoded frame: a temporal unit.
#[derive(Clone, PartialEq, Eq)]
pub struct Encoded {
    /// OBUs with sizes.
    pub data: Bytes,
    /// Decoding may begin here.
    pub key: bool,
    /// Quantizer 0 (best) to 63 that was used.
    pub quantizer: u8,
}

/// A real-time encoder for one size of picture.
pub struct Encoder {
    context: Context,
    settings: Settings,
    ticks: i64,
}

/// The library's settings. Their pointers belong to two-pass encoding and stay null.
struct Settings(aom::aom_codec_enc_cfg);

// SAFETY: see above; the rest are numbers.
unsafe impl Send for Settings {}

/// A decoder.
pub struct Decoder {
    context: Context,
}

/// An initialised codec; destroyed once.
struct Context(Box<aom::aom_codec_ctx_t>);

// SAFETY: libaom keeps no thread-local state in a context; it may be used from any one thread at a
// time, which `&mut self` of the wrappers ensures.
unsafe impl Send for Context {}

impl Drop for Context {
    fn drop(&mut self) {
        // SAFETY: the context was initialised and is destroyed here only.
        unsafe { aom::aom_codec_destroy(&mut *self.0) };
    }
}

impl Context {
    fn checked(&self, step: &'static str, status: aom::aom_codec_err_t) -> Result<(), CodecError> {
        if status == aom::AOM_CODEC_OK { Ok(()) } else { Err(failure(step, status)) }
    }

    fn control(&mut self, id: u32, value: i32) -> Result<(), CodecError> {
        // SAFETY: every control that this module sets takes one int.
        let status = unsafe { aom::aom_codec_control(&mut *self.0, id as i32, value) };
        self.checked("control", status)
    }
}

fn failure(step: &'static str, status: aom::aom_codec_err_t) -> CodecError {
    // SAFETY: the library returns a static string for every status.
    let reason = unsafe { CStr::from_ptr(aom::aom_codec_err_to_string(status)) };
    CodecError::Library { step, reason: reason.to_string_lossy().into_owned() }
}

/// What libwebrtc sets for screens, as (control, value).
const SCREEN_CONTROLS: [(u32, i32); 40] = [
    (aom::AOME_SET_CPUUSED, SPEED),
    (aom::AV1E_SET_TUNE_CONTENT, aom::AOM_CONTENT_SCREEN as i32),
    (aom::AV1E_SET_ENABLE_PALETTE, 1),
    (aom::AV1E_SET_ENABLE_INTRABC, 0),
    (aom::AV1E_SET_ENABLE_CDEF, 1),
    (aom::AV1E_SET_ENABLE_TPL_MODEL, 0),
    (aom::AV1E_SET_DELTAQ_MODE, 0),
    (aom::AV1E_SET_ENABLE_ORDER_HINT, 0),
    (aom::AV1E_SET_AQ_MODE, 3),
    (aom::AOME_SET_MAX_INTRA_BITRATE_PCT, 300),
    (aom::AV1E_SET_COEFF_COST_UPD_FREQ, 3),
    (aom::AV1E_SET_MODE_COST_UPD_FREQ, 3),
    (aom::AV1E_SET_MV_COST_UPD_FREQ, 3),
    (aom::AV1E_SET_ROW_MT, 1),
    (aom::AV1E_SET_ENABLE_OBMC, 0),
    (aom::AV1E_SET_NOISE_SENSITIVITY, 0),
    (aom::AV1E_SET_ENABLE_WARPED_MOTION, 0),
    (aom::AV1E_SET_ENABLE_GLOBAL_MOTION, 0),
    (aom::AV1E_SET_ENABLE_REF_FRAME_MVS, 0),
    (aom::AV1E_SET_ENABLE_CFL_INTRA, 0),
    (aom::AV1E_SET_ENABLE_SMOOTH_INTRA, 0),
    (aom::AV1E_SET_ENABLE_ANGLE_DELTA, 0),
    (aom::AV1E_SET_ENABLE_FILTER_INTRA, 0),
    (aom::AV1E_SET_INTRA_DEFAULT_TX_ONLY, 1),
    (aom::AV1E_SET_ENABLE_PAETH_INTRA, 0),
    (aom::AV1E_SET_ENABLE_RECT_PARTITIONS, 0),
    (aom::AV1E_SET_ENABLE_TX64, 0),
    (aom::AV1E_SET_ENABLE_RECT_TX, 0),
    (aom::AV1E_SET_ENABLE_RESTORATION, 0),
    (aom::AV1E_SET_ENABLE_DIST_WTD_COMP, 0),
    (aom::AV1E_SET_ENABLE_DUAL_FILTER, 0),
    (aom::AV1E_SET_ENABLE_INTERINTRA_COMP, 0),
    (aom::AV1E_SET_ENABLE_INTERINTRA_WEDGE, 0),
    (aom::AV1E_SET_ENABLE_MASKED_COMP, 0),
    (aom::AV1E_SET_ENABLE_DIFF_WTD_COMP, 0),
    (aom::AV1E_SET_MAX_REFERENCE_FRAMES, 3),
    (aom::AV1E_SET_COLOR_PRIMARIES, aom::AOM_CICP_CP_BT_709 as i32),
    (aom::AV1E_SET_TRANSFER_CHARACTERISTICS, aom::AOM_CICP_TC_BT_709 as i32),
    (aom::AV1E_SET_MATRIX_COEFFICIENTS, aom::AOM_CICP_MC_BT_709 as i32),
    (aom::AV1E_SET_COLOR_RANGE, aom::AOM_CR_STUDIO_RANGE as i32),
];

impl Encoder {
    /// An encoder whose first frame is a key frame.
    ///
    /// # Errors
    /// [`CodecError`].
    pub fn new(config: EncoderConfig) -> Result<Self, CodecError> {
        I420::black(config.width, config.height)?;
        let settings = settings(&config)?;
        let mut context = Box::new(MaybeUninit::<aom::aom_codec_ctx_t>::zeroed());
        // SAFETY: the settings came from the library and live through the call; the version is that of the
        // header the bindings were made from. On success the context is initialised.
        let mut context = unsafe {
            let interface = aom::aom_codec_av1_cx();
            let version = aom::AOM_ENCODER_ABI_VERSION as i32;
            match aom::aom_codec_enc_init_ver(context.as_mut_ptr(), interface, &settings, 0, version) {
                aom::AOM_CODEC_OK => Context(Box::from_raw(Box::into_raw(context).cast())),
                status => return Err(failure("start", status)),
            }
        };
        for (control, value) in SCREEN_CONTROLS {
            context.control(control, value)?;
        }
        context.control(aom::AV1E_SET_TILE_COLUMNS, config.threads.clamp(1, 4).ilog2() as i32)?;
        Ok(Self { context, settings: Settings(settings), ticks: 0 })
    }

    /// Follows a new target in bits a second, from the next frame on.
    ///
    /// # Errors
    /// [`CodecError::Library`].
    pub fn set_bitrate(&mut self, bitrate: u32) -> Result<(), CodecError> {
        let kilobits = (bitrate / 1000).max(1);
        if kilobits == self.settings.0.rc_target_bitrate {
            return Ok(());
        }
        self.settings.0.rc_target_bitrate = kilobits;
        // SAFETY: the context is initialised and the settings differ from its own in the target only.
        let status = unsafe { aom::aom_codec_enc_config_set(&mut *self.context.0, &self.settings.0) };
        self.context.checked("new bit rate", status)
    }

    /// Encodes one picture. `since` is the time since the last one; `key` asks for a key frame.
    ///
    /// # Errors
    /// [`CodecError::Size`] for a picture of another size, else [`CodecError::Library`].
    pub fn encode(&mut self, picture: &I420, since: Duration, key: bool) -> Result<Encoded, CodecError> {
        if (picture.width(), picture.height()) != (self.settings.0.g_w, self.settings.0.g_h) {
            return Err(CodecError::Size(picture.width(), picture.height()));
        }
        let image = describe(picture)?;
        let ticks = i64::try_from(since.clamp(PACE.0, PACE.1).as_micros()).unwrap_or(0) * TICKS / 1_000_000;
        self.ticks += ticks;
        let flags = if key { i64::from(aom::AOM_EFLAG_FORCE_KF) } else { 0 };
        // SAFETY: the image's planes are borrowed from `picture` through the call, have the size that the
        // encoder was made for (checked above) and are only read; the library copies them.
        let status = unsafe {
            aom::aom_codec_encode(
                &mut *self.context.0,
                &image,
                self.ticks,
                ticks as _,
                flags as aom::aom_enc_frame_flags_t,
            )
        };
        self.context.checked("encode", status)?;
        self.collect()
    }

    /// Takes the frame out; without lag there is one for each picture.
    fn collect(&mut self) -> Result<Encoded, CodecError> {
        let (mut data, mut key) = (Vec::new(), false);
        let mut iterator: aom::aom_codec_iter_t = ptr::null();
        // SAFETY: packets are valid until the next call on the context; their bytes are copied before it,
        // and `frame` is the union's live member for packets of this kind.
        unsafe {
            while let Some(packet) = aom::aom_codec_get_cx_data(&mut *self.context.0, &mut iterator).as_ref() {
                if packet.kind == aom::AOM_CODEC_CX_FRAME_PKT {
                    let frame = packet.data.frame;
                    data.extend_from_slice(std::slice::from_raw_parts(frame.buf.cast::<u8>(), frame.sz));
                    key |= frame.flags & aom::AOM_FRAME_IS_KEY != 0;
                }
            }
        }
        if data.is_empty() {
            return Err(CodecError::Library { step: "encode", reason: "no frame came out".into() });
        }
        let mut quantizer = 0_i32;
        // SAFETY: this control writes one int.
        let status = unsafe {
            aom::aom_codec_control(
                &mut *self.context.0,
                aom::AOME_GET_LAST_QUANTIZER_64 as i32,
                &mut quantizer as *mut i32,
            )
        };
        self.context.checked("quantizer", status)?;
        Ok(Encoded { data: data.into(), key, quantizer: u8::try_from(quantizer).unwrap_or(u8::MAX) })
    }
}

fn settings(config: &EncoderConfig) -> Result<aom::aom_codec_enc_cfg, CodecError> {
    let mut settings = MaybeUninit::<aom::aom_codec_enc_cfg>::zeroed();
    // SAFETY: on success the library has filled the settings.
    let mut settings = unsafe {
        let interface = aom::aom_codec_av1_cx();
        match aom::aom_codec_enc_config_default(interface, settings.as_mut_ptr(), aom::AOM_USAGE_REALTIME) {
            aom::AOM_CODEC_OK => settings.assume_init(),
            status => return Err(failure("settings", status)),
        }
    };
    (settings.g_w, settings.g_h) = (config.width, config.height);
    settings.g_threads = config.threads.clamp(1, 4);
    settings.g_timebase = aom::aom_rational { num: 1, den: TICKS as i32 };
    settings.g_lag_in_frames = 0;
    settings.g_error_resilient = 0;
    settings.rc_end_usage = aom::AOM_CBR;
    settings.rc_target_bitrate = (config.bitrate / 1000).max(1);
    settings.rc_dropframe_thresh = 0;
    (settings.rc_min_quantizer, settings.rc_max_quantizer) = (10, 56);
    (settings.rc_undershoot_pct, settings.rc_overshoot_pct) = (50, 50);
    (settings.rc_buf_initial_sz, settings.rc_buf_optimal_sz, settings.rc_buf_sz) = (600, 600, 1000);
    settings.kf_mode = aom::AOM_KF_DISABLED;
    Ok(settings)
}

/// The library's view of a picture; it borrows the planes without saying so, and is only read.
fn describe(picture: &I420) -> Result<aom::aom_image_t, CodecError> {
    let mut image = MaybeUninit::<aom::aom_image_t>::zeroed();
    let luma = picture.y.as_ptr().cast_mut();
    // SAFETY: the descriptor is filled by the library; it gets foreign storage, so nothing is allocated.
    let mut image = unsafe {
        let (width, height) = (picture.width(), picture.height());
        if aom::aom_img_wrap(image.as_mut_ptr(), aom::AOM_IMG_FMT_I420, width, height, 1, luma).is_null() {
            return Err(CodecError::Size(width, height));
        }
        image.assume_init()
    };
    image.planes = [luma, picture.u.as_ptr().cast_mut(), picture.v.as_ptr().cast_mut()];
    let chroma = picture.chroma_stride() as i32;
    image.stride = [picture.width() as i32, chroma, chroma];
    (image.cp, image.tc) = (aom::AOM_CICP_CP_BT_709, aom::AOM_CICP_TC_BT_709);
    (image.mc, image.range) = (aom::AOM_CICP_MC_BT_709, aom::AOM_CR_STUDIO_RANGE);
    Ok(image)
}

impl Decoder {
    /// A decoder with this many threads.
    ///
    /// # Errors
    /// [`CodecError::Library`].
    pub fn new(threads: u32) -> Result<Self, CodecError> {
        let config = aom::aom_codec_dec_cfg { threads: threads.clamp(1, 4), w: 0, h: 0, allow_lowbitdepth: 1 };
        let mut context = Box::new(MaybeUninit::<aom::aom_codec_ctx_t>::zeroed());
        // SAFETY: as in `Encoder::new`.
        unsafe {
            let interface = aom::aom_codec_av1_dx();
            let version = aom::AOM_DECODER_ABI_VERSION as i32;
            match aom::aom_codec_dec_init_ver(context.as_mut_ptr(), interface, &config, 0, version) {
                aom::AOM_CODEC_OK => Ok(Self { context: Context(Box::from_raw(Box::into_raw(context).cast())) }),
                status => Err(failure("start", status)),
            }
        }
    }

    /// Decodes one temporal unit; the last picture in it, or `None` when it shows none.
    ///
    /// # Errors
    /// [`CodecError::Library`] for damaged bytes, [`CodecError::Form`] for pictures that we do not show.
    pub fn decode(&mut self, data: &[u8]) -> Result<Option<I420>, CodecError> {
        // SAFETY: the bytes live through the call.
        let status = unsafe { aom::aom_codec_decode(&mut *self.context.0, data.as_ptr(), data.len(), ptr::null_mut()) };
        self.context.checked("decode", status)?;
        let (mut iterator, mut picture): (aom::aom_codec_iter_t, _) = (ptr::null(), None);
        // SAFETY: an image is valid until the next call on the context; its planes are copied before it.
        unsafe {
            while let Some(image) = aom::aom_codec_get_frame(&mut *self.context.0, &mut iterator).as_ref() {
                picture = Some(copy(image)?);
            }
        }
        Ok(picture)
    }
}

/// Copies a decoded picture.
///
/// # Safety
/// The image must come from the decoder and still be valid.
unsafe fn copy(image: &aom::aom_image_t) -> Result<I420, CodecError> {
    if image.fmt != aom::AOM_IMG_FMT_I420 || image.bit_depth != 8 || image.monochrome != 0 {
        return Err(CodecError::Form);
    }
    let mut picture = I420::black(image.d_w, image.d_h)?;
    let chroma = (picture.chroma_stride() as usize, image.d_h.div_ceil(2) as usize);
    let sizes = [(image.d_w as usize, image.d_h as usize), chroma, chroma];
    let targets = [&mut picture.y, &mut picture.u, &mut picture.v];
    for ((target, (width, height)), plane) in targets.into_iter().zip(sizes).zip(0..3) {
        let stride = usize::try_from(image.stride[plane]).map_err(|_| CodecError::Form)?;
        for (row, to) in target.chunks_exact_mut(width).enumerate().take(height) {
            // SAFETY: the library's planes have `height` rows of `stride` bytes, at least `width` each.
            to.copy_from_slice(unsafe { std::slice::from_raw_parts(image.planes[plane].add(row * stride), width) });
        }
    }
    Ok(picture)
}

#[cfg(test)]
mod tests {
    use opora_screen::Picture;

    use super::*;

    const FRAME: Duration = Duration::from_millis(33);

    /// A page like text: dark strokes of 1 to 3 pixels on white, with a cursor at `step`.
    fn page(step: u32) -> Picture {
        let mut picture = Picture::black(640, 360);
        for y in 0..360_u32 {
            for x in 0..640_u32 {
                let line = y % 18 < 11 && (x * 7 + y / 18 * 13) % 11 < 1 + x / 9 % 3 && x % 97 > 8;
                let cursor = y / 18 == 3 && x / 9 == step;
                let shade = if line || cursor { 24 } else { 250 };
                let at = (y * 640 + x) as usize * 4;
                picture.bgra[at..at + 4].copy_from_slice(&[shade, shade, shade, 0]);
            }
        }
        picture
    }

    fn planes(picture: &Picture) -> I420 {
        let mut planes = I420::black(picture.width, picture.height).expect("small");
        planes.update(picture, &[picture.bounds()]).expect("same size");
        planes
    }

    fn encoder(bitrate: u32) -> Encoder {
        Encoder::new(EncoderConfig { width: 640, height: 360, bitrate, threads: 1 }).expect("libaom")
    }

    #[test]
    fn typed_text_arrives_legible_and_small() {
        let (mut encoder, mut decoder) = (encoder(2_500_000), Decoder::new(1).expect("libaom"));
        let mut sizes = Vec::new();
        let mut last = None;
        for step in 0..30 {
            let source = planes(&page(step));
            let frame = encoder.encode(&source, FRAME, false).expect("encodes");
            assert_eq!(frame.key, step == 0, "one key frame, at the beginning");
            sizes.push(frame.data.len());
            let shown = decoder.decode(&frame.data).expect("decodes").expect("shows");
            last = source.psnr_y(&shown);
        }
        let psnr = last.expect("same size");
        assert!(psnr > 40.0, "legible: {psnr:.1} dB");
        let typing: usize = sizes[10..].iter().sum();
        assert!(typing / 20 < 2000, "a typed letter costs little: {sizes:?}");
    }

    #[test]
    fn a_key_frame_comes_when_asked_and_a_new_viewer_can_begin_there() {
        let mut encoder = encoder(1_000_000);
        for step in 0..3 {
            encoder.encode(&planes(&page(step)), FRAME, false).expect("encodes");
        }
        encoder.set_bitrate(500_000).expect("live change");
        let frame = encoder.encode(&planes(&page(3)), FRAME, true).expect("encodes");
        assert!(frame.key);
        let shown = Decoder::new(1).expect("libaom").decode(&frame.data).expect("decodes");
        assert_eq!(shown.map(|picture| (picture.width(), picture.height())), Some((640, 360)));
    }

    #[test]
    fn a_damaged_frame_is_an_error_or_another_picture_and_no_crash() {
        let mut encoder = encoder(1_000_000);
        let frame = encoder.encode(&planes(&page(0)), FRAME, true).expect("encodes").data;
        for at in (0..frame.len()).step_by(97) {
            let mut damaged = frame.to_vec();
            damaged[at] ^= 0x55;
            if let Ok(Some(picture)) = Decoder::new(1).expect("libaom").decode(&damaged) {
                assert!(picture.width() <= crate::codec::MOST_SIDE, "bounded");
            }
        }
    }

    #[test]
    fn noise_is_an_error_and_no_crash() {
        let mut decoder = Decoder::new(1).expect("libaom");
        let noise: Vec<u8> = (0..4000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(!matches!(decoder.decode(&noise), Ok(Some(_))));
    }
}
