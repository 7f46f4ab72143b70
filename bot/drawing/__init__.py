"""Helper process: pictures, documents and exports are made there, so that they never delay a press."""
