"""Serves pictures that say nothing by gst-rtsp-server; run by Debian's own python3 (python3-gi)."""

# Debian's python3 has gi, the one that checks this file has not.
import gi  # type: ignore[import-not-found]

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import (  # type: ignore[import-not-found]  # noqa: E402
    GLib,
    Gst,
    GstRtspServer,
)

SOURCE = "videotestsrc is-live=true ! video/x-raw,width=640,height=360,framerate=15/1"
CODERS = {
    "h264": "x264enc tune=zerolatency key-int-max=30 ! rtph264pay name=pay0 pt=96",
    "h265": "x265enc tune=zerolatency key-int-max=30 ! rtph265pay name=pay0 pt=96",
    "mjpeg": "jpegenc ! rtpjpegpay name=pay0 pt=26",
}

Gst.init(None)
server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service("0")
for name, coder in CODERS.items():
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_launch(f"( {SOURCE} ! videoconvert ! video/x-raw,format=I420 ! {coder} )")
    factory.set_shared(True)
    server.get_mount_points().add_factory(f"/{name}", factory)
server.attach(None)
print(server.get_bound_port(), flush=True)  # noqa: T201 - the test reads it
GLib.MainLoop().run()
