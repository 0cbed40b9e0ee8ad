"""From a pose track to movement: camera, centre of mass, steps, repetitions. Holds no limits and no opinions."""
