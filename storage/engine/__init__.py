"""The database itself: connections, transactions, column types, bulk statements, encryption, migrations."""
