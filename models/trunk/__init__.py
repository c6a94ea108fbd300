"""From pixels to features: crops, backbone, scene statistics."""
