"""Pictures of a shot, read without a library: 8-bit PNG with or without alpha."""
import pathlib
import struct
import tempfile
import zlib

from program import run


class Picture:
    def __init__(self, data):
        at, packed = 8, b""
        while at < len(data):
            length, kind = struct.unpack(">I4s", data[at:at + 8])
            if kind == b"IHDR":
                self.width, self.height, _, colour = struct.unpack(">IIBB", data[at + 8:at + 18])
            if kind == b"IDAT":
                packed += data[at + 8:at + 8 + length]
            at += length + 12
        self.size = {2: 3, 6: 4}[colour]
        self.rows = self.unfilter(zlib.decompress(packed), self.width * self.size)

    def unfilter(self, raw, stride):
        rows, before = [], bytearray(stride)
        for y in range(self.height):
            start = y * (stride + 1)
            kind, row = raw[start], bytearray(raw[start + 1:start + 1 + stride])
            for i in range(stride if kind else 0):
                left = row[i - self.size] if i >= self.size else 0
                corner = before[i - self.size] if i >= self.size else 0
                up = before[i]
                guess = left + up - corner
                paeth = min((abs(guess - left), 0, left), (abs(guess - up), 1, up), (abs(guess - corner), 2, corner))[2]
                row[i] = (row[i] + (0, left, up, (left + up) // 2, paeth)[kind]) & 255
            rows.append(row)
            before = row
        return rows

    def at(self, x, y):
        """"#rrggbb" of a device pixel."""
        i = int(x) * self.size
        return "#" + self.rows[int(y)][i:i + 3].hex()

    def ink(self, x, y, width, height, ground="#ffffff"):
        """The box (x, y, right, bottom) in this rectangle, device px, of what is not the ground's colour; None: nothing."""
        found = [(i, k) for k in range(int(y), int(y + height)) for i in range(int(x), int(x + width)) if self.at(i, k) != ground]
        if not found:
            return None
        xs, ys = [i for i, _ in found], [k for _, k in found]
        return min(xs), min(ys), max(xs) + 1, max(ys) + 1


def picture(app, *words):
    """A shot at one device pixel per CSS px, and what was printed to standard error."""
    out = pathlib.Path(tempfile.mkstemp(suffix=".png")[1])
    _, _, errors = run("shot", app, "--out", out, "--dpr", "1", *words)
    data = out.read_bytes()
    out.unlink()
    return Picture(data), errors
