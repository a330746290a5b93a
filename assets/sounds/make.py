"""Writes Opora's own two sounds. Plain sines with soft edges; nothing is taken from elsewhere."""
import math
import struct
import wave
from pathlib import Path

RATE = 22050


def tone(notes, length, decay):
    """Samples of overlapping notes: (start in s, frequency in Hz, loudness)."""
    out = []
    for index in range(int(length * RATE)):
        now, value = index / RATE, 0.0
        for start, frequency, loudness in notes:
            since = now - start
            if since < 0:
                continue
            edge = min(1.0, since / 0.008) * math.exp(-since / decay)
            value += loudness * edge * (math.sin(2 * math.pi * frequency * since) + 0.25 * math.sin(4 * math.pi * frequency * since))
        out.append(value * min(1.0, (length - now) / 0.03))
    return out


def write(name, samples):
    with wave.open(str(Path(__file__).parent / name), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(b"".join(struct.pack("<h", int(max(-1.0, min(1.0, value)) * 32767)) for value in samples))


# A calm rising fourth, twice.
write("ring.wav", tone([(0.0, 587.33, 0.42), (0.16, 783.99, 0.42), (0.62, 587.33, 0.42), (0.78, 783.99, 0.42)], 1.3, 0.16))
# One short drop.
write("message.wav", tone([(0.0, 880.0, 0.3), (0.07, 1174.66, 0.26)], 0.34, 0.07))
