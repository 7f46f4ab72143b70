"""SQL layer: rows in, frozen values out. Query modules are plain functions that take the transaction; no other layer sees a row."""
