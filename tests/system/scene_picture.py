"""Looks at a picture of tools/paraview_scene.py: which organs are in it, with how much of cells and of a field."""

import json
import os
import shutil
import subprocess

import matplotlib.colors
import matplotlib.image
import numpy as np

from paget_program import ROOT

PVPYTHON = shutil.which("pvpython")
MISSING = "ParaView (Debian's python3-paraview) or Xvfb is not installed"
CAN_RENDER = PVPYTHON is not None and (shutil.which("Xvfb") is not None or bool(os.environ.get("DISPLAY")))

# Hues of the three states' colours, and the least saturation that tells their spheres from vessels before a slice.
CELL_HUES = ((0.03, 0.11, 0.85), (0.53, 0.60, 0.40), (0.86, 0.93, 0.25))
FIELD_HUES = (0.13, 0.50)  # the upper half of the colour map: yellow over green to blue-green


class ScenePicture:
    """A picture of the last snapshot, or another that the script draws. `places`: organ -> left, top, right, bottom in
    pixels, as the script told them.
    """

    def __init__(self, run, folder, *options, picture=None):
        picture, places = picture or os.path.join(folder, "scene.png"), os.path.join(folder, "places.json")
        outcome = subprocess.run(
            [PVPYTHON, os.path.join(ROOT, "tools", "paraview_scene.py"), run, "--output", picture, "--places", places,
             *options], capture_output=True, text=True, timeout=900, check=False)
        if outcome.returncode != 0:
            raise AssertionError(f"paraview_scene.py: {outcome.stdout}{outcome.stderr}")
        self.said = outcome.stdout
        self.pixels = matplotlib.image.imread(picture)[:, :, :3]
        with open(places, encoding="utf-8") as file:
            self.places = json.load(file)
        self._hsv = matplotlib.colors.rgb_to_hsv(self.pixels)

    def _count(self, organ, low, high, saturation):
        left, top, right, bottom = self.places[organ]
        part = self._hsv[top:bottom, left:right]
        return int(np.count_nonzero((part[..., 0] >= low) & (part[..., 0] <= high) & (part[..., 1] >= saturation)))

    def cell_pixels(self, organ):
        """Pixels of cells above the slice."""
        return sum(self._count(organ, *hues) for hues in CELL_HUES)

    def field_share(self, organ):
        """Share of the organ's rectangle that the slice of the field covers."""
        left, top, right, bottom = self.places[organ]
        return self._count(organ, *FIELD_HUES, 0.15) / ((right - left) * (bottom - top))

    def drawn_share(self, organ):
        """Share of the organ's rectangle in which anything is drawn."""
        left, top, right, bottom = self.places[organ]
        return float(np.mean(np.any(self.pixels[top:bottom, left:right] < 0.98, axis=-1)))

    def is_white_elsewhere(self):
        """Whether nothing is drawn outside the organs, the names beside them, the time and the legends."""
        rest = np.any(self.pixels < 0.98, axis=-1)
        rest[:, int(0.84 * rest.shape[1]):] = False
        rest[:60, :200] = False
        for left, top, right, bottom in self.places.values():
            rest[max(top - 12, 0):bottom + 12, max(left - 120, 0):right + 12] = False
        return not rest.any()
