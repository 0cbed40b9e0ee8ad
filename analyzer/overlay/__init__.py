"""Drawing on the clip's own frames: the overlay video and the key frames. Knows nothing of how anything is measured."""
