"""Pictures and what CLIP's own preprocessing makes of them, for ImagePreprocessingTest, and a line
of text for VisionModelTest.

    pip install transformers==4.46.3 pillow==13.0.0 numpy==2.4.6
    python clip_reference.py ../resources/dev/thaw/models/images
"""

import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from transformers import CLIPImageProcessor

TO = Path(sys.argv[1])
SIDE = 16


def picture(height, width):
    y, x = np.mgrid[0:height, 0:width]
    noise = np.random.default_rng(7).integers(0, 256, (height, width))
    waves = 127 + 100 * np.sin(x / 7.0) * np.cos(y / 5.0)
    return np.stack([waves, (x * 3 + y * 2) % 256, noise], -1).clip(0, 255).astype(np.uint8)


PICTURES = {
    "wide.png": Image.fromarray(picture(37, 64)),
    "tall.png": Image.fromarray(picture(51, 23)),
    "small.png": Image.fromarray(picture(7, 11)),
    "grey.png": Image.fromarray(picture(30, 40)[:, :, 0]),
    "transparent.png": Image.fromarray(np.dstack([picture(20, 20), picture(20, 20)[:, :, 1]])),
    "palette.gif": Image.fromarray(picture(24, 24)).quantize(32),
    "lossless.webp": Image.fromarray(picture(24, 33)),
}
processor = CLIPImageProcessor(
    size={"shortest_edge": SIDE}, crop_size={"height": SIDE, "width": SIDE}
)
for name, image in PICTURES.items():
    image.save(TO / name, **({"lossless": True} if name.endswith("webp") else {}))
    with Image.open(TO / name) as read:
        values = processor(read, return_tensors="np")["pixel_values"][0]
    np.savetxt(TO / (name + ".txt"), values.reshape(1, -1), fmt="%.5f")
(TO / "preprocessor_config.json").write_text(processor.to_json_string())

line = Image.new("RGB", (192, 48), "white")
ImageDraw.Draw(line).text((4, 8), "Winter sale 75", fill="black", font=ImageFont.load_default(26))
line.save(TO / "line.png")
