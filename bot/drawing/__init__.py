"""The helper process: pictures, documents and exports are made there, never beside a press."""
