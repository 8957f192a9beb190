"""The desktop: the only package that imports Qt."""
