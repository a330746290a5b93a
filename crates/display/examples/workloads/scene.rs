//! Screens by seed: a terminal with Russian text, a form with grey fields, a photograph.

use opora_display::{Picture, Rect};

/// Whose letters are drawn: about as frequent as in any Russian text.
const TEXT: &str = "Здравствуйте, после обновления программа не открывает отчёт о продажах за прошлый месяц. \
Пишет, что не хватает прав на каталог, хотя вчера всё работало. Перезапускали два раза, сервер отвечает, \
а база занимает 4187 МБ. Помогите, пожалуйста: бухгалтерия стоит, документы нужно отправить до 18:00. ";

pub struct Screen {
    pub width: u32,
    pub height: u32,
    pub bytes: Vec<u8>,
}

impl Screen {
    pub fn new(width: u32, height: u32) -> Self {
        Self { width, height, bytes: vec![0; (width * height * 4) as usize] }
    }

    pub fn picture(&self) -> Picture<'_> {
        Picture::new(self.width, self.height, self.width as usize * 4, &self.bytes).expect("fits")
    }

    pub fn bounds(&self) -> Rect {
        Rect::new(0, 0, self.width, self.height)
    }

    pub fn at(&self, x: u32, y: u32) -> usize {
        ((y * self.width + x) * 4) as usize
    }

    pub fn set(&mut self, x: u32, y: u32, colour: u32) {
        if x < self.width && y < self.height {
            let at = self.at(x, y);
            self.bytes[at..at + 4].copy_from_slice(&colour.to_le_bytes());
        }
    }

    pub fn fill(&mut self, rect: Rect, colour: u32) {
        for y in rect.y..rect.bottom() {
            for x in rect.x..rect.right() {
                self.set(x, y, colour);
            }
        }
    }

    pub fn frame(&mut self, rect: Rect, light: u32, dark: u32) {
        self.fill(Rect { height: 1, ..rect }, light);
        self.fill(Rect { width: 1, ..rect }, light);
        self.fill(Rect { y: rect.bottom() - 1, height: 1, ..rect }, dark);
        self.fill(Rect { x: rect.right() - 1, width: 1, ..rect }, dark);
    }

    /// A rectangle of another picture of the same size.
    pub fn paste(&mut self, from: &Screen, rect: Rect, x: u32, y: u32) {
        for row in 0..rect.height {
            let (source, target) = (from.at(rect.x, rect.y + row), self.at(x, y + row));
            let length = rect.width as usize * 4;
            self.bytes[target..target + length].copy_from_slice(&from.bytes[source..source + length]);
        }
    }

    /// A letter with soft edges; gives its width.
    pub fn letter(&mut self, (x, y): (u32, u32), letter: char, size: u32, ink: u32, ground: u32) -> u32 {
        let width = size / 2;
        if letter == ' ' {
            return width;
        }
        let strokes = strokes(letter);
        let tall = if letter.is_uppercase() || letter.is_ascii_digit() { 0.15 } else { 0.32 };
        for row in 0..size {
            for column in 0..width {
                let (px, py) = ((column as f32 + 0.5) / width as f32, (row as f32 + 0.5) / size as f32);
                let at = (px, (py - tall) / (0.82 - tall));
                let near = strokes.iter().map(|stroke| distance(at, *stroke)).fold(f32::MAX, f32::min);
                let cover = (1.35 - near * width as f32).clamp(0.0, 1.0);
                // Sixteen grey levels, as rasterizers of text have.
                let cover = (cover * 15.0).round() / 15.0;
                if cover > 0.0 {
                    self.set(x + column, y + row, mix(ground, ink, cover));
                }
            }
        }
        width
    }

    /// A line of text from its `start`-th letter on.
    pub fn line(&mut self, (x, y): (u32, u32), start: usize, count: usize, size: u32, (ink, ground): (u32, u32)) {
        let mut x = x;
        for letter in TEXT.chars().cycle().skip(start % TEXT.chars().count()).take(count) {
            x += self.letter((x, y), letter, size, ink, ground);
        }
    }
}

fn mix(ground: u32, ink: u32, cover: f32) -> u32 {
    let part = |shift: u32| {
        let (from, to) = ((ground >> shift & 255) as f32, (ink >> shift & 255) as f32);
        ((from + (to - from) * cover).round() as u32) << shift
    };
    part(0) | part(8) | part(16)
}

type Stroke = ((f32, f32), (f32, f32));

/// Two to four strokes that are always the same for a letter: stems, bars and diagonals.
fn strokes(letter: char) -> Vec<Stroke> {
    let mut chance = Chance(u64::from(u32::from(letter)) * 0x9E37_79B9 + 77);
    let grid = |chance: &mut Chance| (0.2 + 0.3 * chance.below(3) as f32, 0.5 * chance.below(3) as f32);
    let mut strokes = vec![((0.2, 0.0), (0.2, 1.0))];
    for _ in 0..1 + chance.below(3) {
        let (from, to) = (grid(&mut chance), grid(&mut chance));
        strokes.push((from, if from == to { (1.0 - from.0, to.1) } else { to }));
    }
    strokes
}

fn distance((x, y): (f32, f32), ((ax, ay), (bx, by)): Stroke) -> f32 {
    let (dx, dy) = (bx - ax, by - ay);
    let length = dx * dx + dy * dy;
    let along = if length > 0.0 { (((x - ax) * dx + (y - ay) * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
    // Letters are taller than wide.
    let (ex, ey) = (x - ax - along * dx, (y - ay - along * dy) * 1.4);
    (ex * ex + ey * ey).sqrt()
}

pub struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, most: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as u32) % most
    }
}

pub const INK: (u32, u32) = (0x00D0_D0D0, 0x0018_1818);
/// A terminal's letter.
pub const CELL: (u32, u32) = (9, 18);

/// A terminal's text from a line on, with a prompt in colour here and there.
pub fn terminal(screen: &mut Screen, rect: Rect, first: usize) {
    screen.fill(rect, INK.1);
    for row in 0..rect.height / CELL.1 {
        let line = first + row as usize;
        let mut chance = Chance(line as u64 * 31 + 5);
        let most = rect.width / CELL.0 - 2;
        let (count, start) = (10 + chance.below(most - 10) as usize, chance.below(400) as usize);
        let ink = if line.is_multiple_of(7) { 0x0060_D060 } else { INK.0 };
        let (x, y) = (rect.x + 4, rect.y + row * CELL.1);
        screen.line((x, y), start, count, CELL.1, (ink, INK.1));
    }
}

/// A form as accounting programs have: a bar, labels, fields, a table.
pub fn form(screen: &mut Screen, rect: Rect, page: usize) {
    let (grey, black, white) = (0x00F0_F0F0, 0x0020_2020, 0x00FF_FFFF);
    screen.fill(rect, grey);
    screen.fill(Rect { height: 34, ..rect }, 0x00FA_E27D);
    screen.line((rect.x + 12, rect.y + 8), page * 37, 40, 18, (black, 0x00FA_E27D));
    for field in 0..10 {
        let (x, y) = (rect.x + 16 + field % 2 * rect.width / 2, rect.y + 50 + field / 2 * 34);
        screen.line((x, y + 4), page * 50 + field as usize * 23, 18, 16, (black, grey));
        let value = Rect::new(x + 160, y, rect.width / 2 - 200, 24);
        screen.fill(value, white);
        screen.frame(value, 0x00A0_A0A0, 0x00D8_D8D8);
        screen.line((x + 166, y + 4), page * 90 + field as usize * 41, 24, 16, (black, white));
    }
    let table = Rect::new(rect.x + 16, rect.y + 236, rect.width - 32, rect.height - 252);
    screen.fill(table, white);
    screen.frame(table, 0x00A0_A0A0, 0x00A0_A0A0);
    screen.fill(Rect { height: 26, ..table }, 0x00E4_E4E4);
    for row in 0..table.height / 26 {
        let y = table.y + row * 26;
        screen.fill(Rect::new(table.x, y, table.width, 1), 0x00D0_D0D0);
        for column in 0..table.width / 180 {
            let x = table.x + column * 180;
            screen.fill(Rect::new(x, table.y, 1, table.height), 0x00D0_D0D0);
            let ground = if row == 0 { 0x00E4_E4E4 } else { white };
            let start = page * 211 + (row * 17 + column * 29) as usize;
            screen.line((x + 6, y + 5), start, 8 + (start % 9), 16, (black, ground));
        }
    }
}

/// Light that changes slowly, edges, and the noise of a sensor.
pub fn photo(screen: &mut Screen, rect: Rect, seed: u64) {
    let mut chance = Chance(seed);
    let waves: Vec<[f32; 4]> = (0..9).map(|_| std::array::from_fn(|_| chance.below(1000) as f32 / 1000.0)).collect();
    for y in 0..rect.height {
        for x in 0..rect.width {
            let mut value = [110.0_f32; 3];
            for (at, [a, b, c, d]) in waves.iter().enumerate() {
                let scale = 0.004 * (at + 1) as f32;
                let phase = (x as f32 * (a - 0.3) + y as f32 * (b - 0.3)) * scale + c * 6.3;
                let wave = if at % 4 == 3 { phase.sin().signum() * 8.0 } else { phase.sin() * 30.0 / (1 + at) as f32 };
                value[at % 3] += wave * (0.6 + d);
                value[(at + 1) % 3] += wave * d;
                value[(at + 2) % 3] += wave * 0.8;
            }
            let noise = chance.below(7) as f32 - 3.0;
            let [r, g, b] = value.map(|value| (value + noise).clamp(0.0, 255.0) as u32);
            screen.set(rect.x + x, rect.y + y, r << 16 | g << 8 | b);
        }
    }
}

/// A desktop: a plain ground with a soft gradient, icons with names, a window behind.
pub fn desktop(screen: &mut Screen) {
    for y in 0..screen.height {
        let colour = 0x0020_5070 + y / 36 * 256 + y / 27;
        let width = screen.width;
        screen.fill(Rect::new(0, y, width, 1), colour);
    }
    for icon in 0..8 {
        let (x, y) = (24, 24 + icon * 110);
        photo(screen, Rect::new(x + 12, y, 48, 48), u64::from(icon) + 50);
        screen.line((x, y + 56), icon as usize * 13, 9, 16, (0x00FF_FFFF, 0x0020_5070));
    }
    form(screen, Rect::new(700, 120, 1100, 820), 3);
}
