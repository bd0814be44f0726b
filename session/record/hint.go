package record

import (
	"errors"

	"github.com/jackc/pgx/v5/pgconn"
)

// Codes of PostgreSQL that people can do something about.
const (
	badPassword   = "28P01"
	badLogin      = "28000"
	noDatabase    = "3D000"
	tooManyOthers = "53300"
)

// hint says what to do about a record that does not answer.
func hint(err error) string {
	refused, ok := errors.AsType[*pgconn.PgError](err)
	if !ok {
		return "check that the database is running and the address is right"
	}
	switch refused.Code {
	case badPassword, badLogin:
		return "correct the user or the password in the address; write %40 for an @ and %2F for a / in a password"
	case noDatabase:
		return "create the database first, with CREATE DATABASE, or correct its name in the address"
	case tooManyOthers:
		return "the server has no connection left; raise its max_connections, or run fewer nodes"
	}
	return "check the address and the server's log"
}
