"""Files to bring: pictures, documents, and what pretends to be one."""

from __future__ import annotations

import io
import zipfile

from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
HTML = b"<!doctype html><html><body><script>alert(document.domain)</script></body></html>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def picture(form="PNG", size=(64, 48), colour=(90, 140, 60), **options):
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, form, **options)
    return out.getvalue()


def archive(*names, data=b"words", compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as bundle:
        for name in names:
            bundle.writestr(name, data)
    return out.getvalue()


def bomb():
    """An archive of a few hundred kilobytes that unpacks to three hundred megabytes."""
    return archive("a", data=bytes(300 * 2**20))
