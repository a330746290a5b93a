/** The scripted firm's mail, keeping and second factor. */
import type { CodeSecret, RunningView } from "../generated";
import { BORIS, LINE, rev } from "./firm";

export const running = (): RunningView => ({
  rev: rev(),
  mail_server: { host: "mail.sever-soft.ru", port: 587, tls: "upgrade", user: "help@sever-soft.ru", from: "help@sever-soft.ru" },
  has_password: true,
  mail_failed: null,
  choice: {
    address: "galina@sever-soft.ru",
    tongue: "ru",
    unread_after: 15,
    contracts: true,
    tickets: { when: "never" },
    quiet: null,
    zone: "Europe/Moscow",
  },
  retention: [{ line: LINE, days: 365 }],
  staff_code: true,
  code_days: 30,
  uses_code: false,
  with_code: [BORIS],
  data: "/home/galina/.local/share/opora/desk",
});

/** Squares that look like a QR code and lead nowhere. */
function squares(size: number): string {
  const corner = (x: number, y: number) =>
    [0, 1, 2, 3, 4, 5, 6]
      .flatMap((a) => [`M${x + a} ${y}h1v1h-1z`, `M${x + a} ${y + 6}h1v1h-1z`, `M${x} ${y + a}h1v1h-1z`, `M${x + 6} ${y + a}h1v1h-1z`])
      .join("") + `M${x + 2} ${y + 2}h3v3h-3z`;
  let path = corner(4, 4) + corner(size - 11, 4) + corner(4, size - 11);
  for (let y = 4; y < size - 4; y += 1)
    for (let x = 4; x < size - 4; x += 1)
      if ((x * 7 + y * 13 + ((x * y) % 5)) % 3 === 0 && !(y < 12 && (x < 12 || x > size - 13)) && !(y > size - 13 && x < 12))
        path += `M${x} ${y}h1v1h-1z`;
  return path;
}

export const codeSecret: CodeSecret = {
  secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
  qr: squares(49),
  qr_size: 49,
  recovery: [
    "kefr-2mvt-8hqa",
    "n4dx-pzs7-wjcu",
    "6ybk-h3re-tq9m",
    "xs5g-vd2p-naf8",
    "ru7c-kw4z-jemh",
    "9tpa-sy6b-qxd3",
    "dh8n-f2vk-ruw5",
    "zm3j-ce9t-yp6g",
  ],
};
