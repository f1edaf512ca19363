"""Run by the frozen program before its own code: give programs it starts the system's libraries.

The bootloader points LD_LIBRARY_PATH at the bundled ones. This process has read it already; what
it starts (espeak-ng, fc-match) must not. Children of our own kind get it from their bootloader.
"""

import os

before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
if before is None:
    os.environ.pop("LD_LIBRARY_PATH", None)
else:
    os.environ["LD_LIBRARY_PATH"] = before
