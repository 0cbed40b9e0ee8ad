from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from analyzer.video.clip import Clip
from analyzer.video.picture import Upright
from analyzer.video.probe import probe
from analyzer.video.reader import read_frames

# Luma weights of red and blue, and the code point, of each matrix (ITU-T H.273, table 4).
BT601 = (0.299, 0.114, 5)
BT709 = (0.2126, 0.0722, 1)
BT2020 = (0.2627, 0.0593, 9)
UNTAGGED = 2
PQ, HLG = 16, 18
ORANGE = (200, 120, 40)


def clip_of(width, height):
    return Clip(Path("clip.mp4"), "", width, height, np.arange(30) / 30, 30.0, 30.0, 0, "hevc", False)


def flat_frame(rgb, matrix, *, bits=8, full=False, tag=None, transfer=None, size=64):
    """A frame of one colour (0 to 1 each, gamma-encoded), stored as Y'CbCr by the matrix (ITU-T H.273, 8.3)."""
    red, green, blue = rgb
    weight_red, weight_blue, code = matrix
    luma = weight_red * red + (1 - weight_red - weight_blue) * green + weight_blue * blue
    chroma = np.array([(blue - luma) / (2 * (1 - weight_blue)), (red - luma) / (2 * (1 - weight_red))])
    scale = 2 ** (bits - 8)
    if full:
        levels = [luma * (2**bits - 1), *(chroma * (2**bits - 1) + 2 ** (bits - 1))]
    else:
        levels = [(16 + 219 * luma) * scale, *((128 + 224 * chroma) * scale)]
    frame = av.VideoFrame(size, size, "yuv420p" if bits == 8 else "yuv420p10le")
    for plane, level in zip(frame.planes, levels, strict=True):
        kind = np.uint8 if bits == 8 else np.uint16
        plane.update(np.full(plane.buffer_size // kind().nbytes, round(level), kind).tobytes())
    frame.colorspace = code if tag is None else tag
    frame.color_range = 2 if full else 1
    if transfer is not None:
        frame.color_trc = transfer
    return frame


def shown(frame):
    return Upright(clip_of(frame.width, frame.height)).picture(frame)[10, 10].astype(int)


@pytest.mark.parametrize("bits", [8, 10])
@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("matrix", [BT601, BT709])
def test_colours_come_out_as_they_were(matrix, full, bits):
    frame = flat_frame(np.array(ORANGE) / 255, matrix, bits=bits, full=full)

    np.testing.assert_allclose(shown(frame), ORANGE, atol=4)


@pytest.mark.parametrize(("size", "matrix"), [(720, BT709), (480, BT601)])
def test_untagged_clips_are_read_by_their_size(size, matrix):
    frame = flat_frame(np.array(ORANGE) / 255, matrix, tag=UNTAGGED, size=size)

    np.testing.assert_allclose(shown(frame), ORANGE, atol=4)


def grey(signal, transfer):
    return shown(flat_frame((signal, signal, signal), BT2020, bits=10, transfer=transfer))


@pytest.mark.parametrize("transfer", [PQ, HLG])
def test_high_dynamic_range_keeps_black_white_and_the_order_between(transfer):
    levels = np.array([grey(signal, transfer) for signal in np.linspace(0.0, 1.0, 21)])

    assert np.ptp(levels, axis=1).max() <= 2
    assert levels[0].max() <= 2
    assert levels[-1].min() >= 250
    assert (np.diff(levels[:, 0]) >= 0).all()


def test_both_high_dynamic_ranges_show_the_same_white_nearly_white():
    """Reference white is 58 % PQ and 75 % HLG (ITU-R BT.2408, table 1)."""
    pq, hlg = grey(0.58, PQ), grey(0.75, HLG)

    np.testing.assert_allclose(pq, hlg, atol=6)
    assert 225 <= pq[0] <= 250


def test_wide_colours_are_not_washed_out():
    """Pure BT.709 red is (0.627, 0.069, 0.016) of BT.2020's light (ITU-R BT.2087); here at reference white in HLG."""
    light = np.array([0.6274, 0.0691, 0.0164]) * 0.2646
    red = shown(flat_frame(np.sqrt(3 * light), BT2020, bits=10, transfer=HLG))

    assert red[0] > 180
    assert red[1:].max() < 70


# Light of patches by BT.709's primaries, 1 at reference white: greys, red, green, blue, skin.
PATCHES = np.array(
    [
        [0.5, 0.5, 0.5], [0.18, 0.18, 0.18], [0.02, 0.02, 0.02], [0.0, 0.0, 0.0],
        [0.5, 0.1, 0.05], [0.05, 0.3, 0.05], [0.05, 0.08, 0.4], [0.6, 0.36, 0.26],
    ]
)  # fmt: skip
WIDER = np.array([[0.6274, 0.3293, 0.0433], [0.0691, 0.9195, 0.0114], [0.0164, 0.0880, 0.8956]])
"""From BT.709's to BT.2020's light (ITU-R BT.2087)."""


def pq_signal(nits):
    """ITU-R BT.2100, table 4, inverse."""
    power = (nits / 10000.0) ** 0.1593017578125
    return ((0.8359375 + 18.8515625 * power) / (1.0 + 18.6875 * power)) ** 78.84375


def hlg_signal(nits):
    """ITU-R BT.2100, table 5, inverse, for a display of 1000 nits."""
    scene = (nits / 1000.0) ** (1 / 1.2)
    bright = 0.17883277 * np.log(np.maximum(12.0 * scene - 0.28466892, 1e-9)) + 0.55991073
    return np.where(scene <= 1 / 12, np.sqrt(3.0 * scene), bright)


def film_patches(path, signal, transfer):
    """Twenty 10-bit pictures of the patches, four by two, each 64 x 64 px, as a phone writes them."""
    if "libx265" not in av.codecs_available:
        pytest.skip("this PyAV has no encoder libx265")
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx265", rate=30, options={"x265-params": "log-level=none", "crf": "8"})
        stream.width, stream.height, stream.pix_fmt = 256, 128, "yuv420p10le"
        context = stream.codec_context
        context.color_trc, context.colorspace, context.color_primaries, context.color_range = transfer, 9, 9, 1
        tiles = [flat_frame(rgb, BT2020, bits=10) for rgb in signal(203.0 * PATCHES @ WIDER.T)]
        for _ in range(20):
            frame = av.VideoFrame(256, 128, "yuv420p10le")
            for k, plane in enumerate(frame.planes):
                levels = [np.frombuffer(tile.planes[k], np.uint16)[0] for tile in tiles]
                grid = np.zeros((plane.height, plane.line_size // 2), np.uint16)
                size = plane.height // 2
                grid[:, : 4 * size] = np.kron(np.reshape(levels, (2, 4)), np.ones((size, size), np.uint16))
                plane.update(grid.tobytes())
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


@pytest.mark.parametrize(("signal", "transfer"), [(pq_signal, PQ), (hlg_signal, HLG)])
def test_a_phones_high_dynamic_range_file_shows_patches_nearly_as_an_ordinary_one_would(signal, transfer, tmp_path):
    film_patches(tmp_path / "hdr.mov", signal, transfer)
    frame = next(read_frames(probe(tmp_path / "hdr.mov"), start=5))
    shown = [frame.rgb[64 * (k // 4) + 32, 64 * (k % 4) + 32].astype(int) for k in range(len(PATCHES))]

    np.testing.assert_allclose(shown, 255.0 * PATCHES ** (1 / 2.2), atol=16)
