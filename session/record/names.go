package record

import "database/sql"

// The few names of database/sql that a package with tables of its own needs. Nobody but this package
// opens a handle.
type (
	// Tx is a transaction that Tx runs.
	Tx = sql.Tx
	// Rows are the answer of Query.
	Rows = sql.Rows
	// NullInt64 is a number that may be missing.
	NullInt64 = sql.NullInt64
)

// ErrNoRows says that QueryRow found nothing.
var ErrNoRows = sql.ErrNoRows
