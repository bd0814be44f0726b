// Package record owns everything that Yijian keeps in SQL: the handle and every migration.
//
// Redis holds the live conversation; SQL holds what must outlive it: the accounts of the people who
// answer, and the archive of all conversations, which also gives back what Redis loses. One schema
// serves both engines, a SQLite file (the default, nothing to install) and PostgreSQL by URL. That
// works because of a few habits that every migration and query keeps:
//
//   - Columns are TEXT or BIGINT. Instants are BIGINT milliseconds of Unix time, hashes are hex,
//     lists are JSON, a flag is the instant at which it was raised or NULL. Bytes are BYTEA, which
//     SQLite takes for a type that it leaves alone.
//   - Placeholders are $1, $2, …, which both engines read.
//   - ON CONFLICT and RETURNING are spelled alike on both, and nothing else that is special is used.
//
// Reading and writing are separate on purpose. SQLite allows one writer at a time, so Exec and Tx
// go through a single connection and queue in this process instead of failing with "database is
// locked"; Query and QueryRow run beside the writer on read-only connections. On PostgreSQL both
// are the same pool.
//
// The archive is made of segments, stretches of logs (segments.go, encode.go). The archiver fills it
// from Redis (archiver.go), joins segments (compact.go), and makes log and archive follow each other
// again after a failover (fork.go). Of a log that Redis lost it takes only what belongs to the life that
// followed (lives.go). In the trial mode acknowledgements wait for it (keep.go). DB is the
// session.Restorer (saved.go).
//
// Migrations are numbered files in migrations/, applied in order when the record is opened. They
// are never edited once released; a database that is newer than the program is refused.
package record
