"""Drawings: SVG made here, and pictures of tissue by matplotlib."""
