/** Pictures of the scripted firm: an accounting program with an error, drawn, nobody's screen. */
export function draw(width: number, height: number, moment = 0): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height];
  const paper = canvas.getContext("2d");
  if (!paper) return canvas;
  const unit = width / 64;
  const box = (colour: string, x: number, y: number, w: number, h: number) => {
    paper.fillStyle = colour;
    paper.fillRect(x * unit, y * unit, w * unit, h * unit);
  };
  const write = (text: string, x: number, y: number, size: number, colour = "#333") => {
    paper.fillStyle = colour;
    paper.font = `${size * unit}px sans-serif`;
    paper.fillText(text, x * unit, y * unit);
  };
  box("#f3ecd2", 0, 0, 64, 36);
  box("#fbe36e", 0, 0, 64, 2.2);
  write("Бухгалтерия предприятия, редакция 3.0", 1, 1.5, 1, "#4a3c00");
  box("#ffffff", 1, 4, 62, 31);
  write("Реализация: счёт-фактура 00-000412", 2, 6, 1.1);
  for (let line = 0; line < 12; line += 1) {
    box(line % 2 ? "#f6f6f4" : "#fff", 2, 8 + line * 2, 60, 2);
    write(`${line + 1}   Услуги связи за октябрь      ${(line * 1370 + 940).toLocaleString("ru")},00`, 3, 9.4 + line * 2, 0.9);
  }
  box("#ffffff", 19, 14, 26, 9);
  paper.strokeStyle = "#b99b4a";
  paper.strokeRect(19 * unit, 14 * unit, 26 * unit, 9 * unit);
  write("Макет «Счёт-фактура» не найден", 21, 18, 1.1, "#8a1c10");
  box("#fbe36e", 38, 20, 5, 2);
  write("OK", 39.8, 21.4, 1);
  box("#2f6fde", 2 + (moment % 40), 33, 3, 0.6);
  return canvas;
}

const made = new Map<string, string>();

export function picture(path: string): string {
  const known = made.get(path) ?? draw(path.startsWith("shot") ? 1920 : 640, path.startsWith("shot") ? 1080 : 360).toDataURL("image/png");
  made.set(path, known);
  return known;
}
