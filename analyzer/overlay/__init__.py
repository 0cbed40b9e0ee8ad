"""Drawing on the picture: one annotator per thing drawn. Knows nothing of how it was measured."""
