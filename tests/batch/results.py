"""Result folders of clients, written without a look at any picture."""

from __future__ import annotations

import base64
import io
from pathlib import Path

from PIL import Image

from analyzer.assessment import Assessment
from analyzer.batch.record import Record, Status
from analyzer.folder import ASSESSMENT, JOB, REPORT


def small_picture() -> str:
    file = io.BytesIO()
    Image.new("RGB", (144, 144), (90, 120, 110)).save(file, "JPEG")
    return base64.b64encode(file.getvalue()).decode()


def record(clip: str, status: Status = Status.ANALYSED, reason: str = "", thumbnail: str = "") -> Record:
    return Record(
        clip=clip, client=clip.split("/")[0], sha256="0", size_bytes=1, modified_ns=1, seen_key="s", key="k",
        status=status, reason=reason, exit_status=0 if status is Status.ANALYSED else 2, thumbnail=thumbnail,
    )  # fmt: skip


def keep(out: Path, clip: str, assessment: Assessment) -> tuple[Path, Record]:
    """A folder with what the index reads."""
    client, *_, name = clip.split("/")
    folder = out / client / name.rsplit(".", 1)[0]
    folder.mkdir(parents=True)
    made = record(clip, thumbnail=small_picture())
    (folder / ASSESSMENT).write_text(assessment.to_json(), encoding="utf-8")
    (folder / REPORT).write_text("<p>report</p>", encoding="utf-8")
    (folder / JOB).write_text(made.to_json(), encoding="utf-8")
    return folder, made
