"""The local page: a viewer for one result, and a place to drop clips for coaches who do not type commands."""
