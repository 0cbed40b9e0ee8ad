"""The bundle: metadata that MediaPipe's own readers understand, and a network that is still the same."""

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.errors import ModelError
from analyzer.pose.bundle import DETECTOR, LANDMARKS, landmark_metadata, task_bundle, with_metadata

flatbuffers = pytest.importorskip("flatbuffers")
schema = pytest.importorskip("mediapipe.tasks.metadata.schema_py_generated")
metadata_schema = pytest.importorskip("mediapipe.tasks.metadata.metadata_schema_py_generated")


def packed(buffers: list[bytes], notes: dict[str, int], description: str | None) -> bytes:
    """A TFLite file without a network, packed by the reference library."""
    model = schema.ModelT()
    model.version = 3
    model.description = description
    model.buffers = []
    for content in buffers:
        buffer = schema.BufferT()
        buffer.data = list(content)
        model.buffers.append(buffer)
    model.metadata = []
    for name, index in notes.items():
        note = schema.MetadataT()
        note.name, note.buffer = name, index
        model.metadata.append(note)
    builder = flatbuffers.Builder(0)
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def buffer_contents(model) -> list[bytes]:
    contents = (model.Buffers(index) for index in range(model.BuffersLength()))
    return [b"" if buffer.DataLength() == 0 else buffer.DataAsNumpy().tobytes() for buffer in contents]


@given(
    buffers=st.lists(st.binary(max_size=40), min_size=1, max_size=6),
    description=st.none() | st.text(max_size=20),
    metadata=st.binary(min_size=1, max_size=70),
)
def test_adds_metadata_and_keeps_the_network(buffers, description, metadata):
    network = packed(buffers, {"min_runtime_version": 0}, description)

    told = with_metadata(network, metadata)

    model = schema.Model.GetRootAs(told, 0)
    assert told[4:8] == b"TFL3"
    assert model.Version() == 3
    assert (model.Description() or b"").decode() == (description or "")
    assert buffer_contents(model) == [*buffers, metadata]
    notes = {model.Metadata(i).Name(): model.Metadata(i).Buffer() for i in range(model.MetadataLength())}
    assert notes == {b"min_runtime_version": 0, b"TFLITE_METADATA": len(buffers)}
    assert told.endswith(network)
    assert (len(told) - len(network)) % 16 == 0


def test_metadata_data_begins_where_tflite_wants_it():
    told = with_metadata(packed([b"weights"], {}, None), b"sixteen or not?")

    assert told.index(b"sixteen or not?") % 16 == 0


def test_metadata_scales_rgb_to_one():
    blob = landmark_metadata()

    assert blob[4:8] == b"M001"
    described = metadata_schema.ModelMetadataT.InitFromObj(metadata_schema.ModelMetadata.GetRootAs(blob, 0))
    (network,) = described.subgraphMetadata
    (image,) = network.inputTensorMetadata
    assert image.content.contentPropertiesType == metadata_schema.ContentProperties.ImageProperties
    assert image.content.contentProperties.colorSpace == metadata_schema.ColorSpaceType.RGB
    (unit,) = image.processUnits
    assert unit.optionsType == metadata_schema.ProcessUnitOptions.NormalizationOptions
    assert (list(unit.options.mean), list(unit.options.std)) == ([0.0], [255.0])
    assert len(network.outputTensorMetadata) == 5


def test_bundle_is_a_stored_zip_with_aligned_members():
    network = packed([b"weights"], {}, "a network")

    bundle = task_bundle(b"the detector, as it is", network)

    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [DETECTOR, LANDMARKS]
        assert archive.read(DETECTOR) == b"the detector, as it is"
        assert archive.read(LANDMARKS).endswith(network)
        for member in archive.infolist():
            assert member.compress_type == zipfile.ZIP_STORED
            name_length, extra_length = struct.unpack_from("<HH", bundle, member.header_offset + 26)
            assert (member.header_offset + 30 + name_length + extra_length) % 16 == 0


def test_refuses_what_is_no_network():
    with pytest.raises(ModelError, match="not a TFLite model"):
        with_metadata(b"<html>not found</html>", b"metadata")
