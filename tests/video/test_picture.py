from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from analyzer.video.clip import Clip
from analyzer.video.picture import Upright

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
