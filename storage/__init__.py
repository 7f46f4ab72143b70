"""SQL: rows in, frozen values out. Query modules are plain functions that take the transaction; nobody else sees a row."""
