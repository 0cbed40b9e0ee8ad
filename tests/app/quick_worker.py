"""Stands in for the worker: ``quick_worker.py TEMPLATE ROOT JOB_FILE`` does by the clip's first word what is wanted.

``good`` copies the template's results, ``bad`` fails with a sentence, ``crash`` ends without one, ``wait`` works until
it is told to stop, ``deaf`` does not even then and leaves half-written results.
"""

import json
import os
import shutil
import sys
import time
from pathlib import Path

template, root, job_file = map(Path, sys.argv[1:])
job = json.loads(job_file.read_text(encoding="utf-8"))
clip, folder = root / job["clip"], root / job["folder"]


def say(**line):
    print(json.dumps(line), flush=True)


word = clip.read_bytes()[:5].strip(b"\0 ").decode("latin-1")
print("chatter of a library", flush=True)
say(stage="Looking for the person", share=0.4)
if word in ("wait", "deaf"):
    (folder.parent / f".{folder.name}.1234.part").mkdir()
    say(stage="Working", share=0.5)
    sys.stdin.buffer.read()
    if word == "deaf":
        time.sleep(60)
    sys.exit(130)
elif word == "bad":
    say(failed=f"{clip.name}: it is not a video; film again.")
    sys.exit(2)
elif word == "crash":
    os._exit(9)
else:
    shutil.copytree(template, folder)
    path = folder / "assessment.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["subject"]["name"] = job["wish"]["person"] or None
    content["clip"]["path"] = str(clip)
    path.write_text(json.dumps(content), encoding="utf-8")
    say(done=True, share=1.0)
