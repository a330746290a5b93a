/** The two sounds of Opora, played when the core says so. */
import ring from "$assets/sounds/ring.wav?url";
import message from "$assets/sounds/message.wav?url";
import type { Host, Sound } from "$host";

export function playSounds(host: Host, allowed: () => boolean): () => void {
  const sounds: Record<Sound, HTMLAudioElement> = { ring: new Audio(ring), message: new Audio(message) };
  const listening = host.on("sound", (sound) => {
    if (!allowed()) return;
    sounds[sound].currentTime = 0;
    // A machine without a sound card rejects; the card on screen says the same.
    void sounds[sound].play().catch(() => undefined);
  });
  return () => void listening.then((stop) => stop());
}
