// Package backup writes a record into one file and back into an empty record, and checks that a record
// is whole.
//
// The file is rows of JSON, compressed, of one moment, however long the writing takes. It holds every
// table but the text index, which is built again, and is the same from either engine: a record in a
// SQLite file is moved to PostgreSQL by a backup and a restore. A restore checks the file to its last
// row before it commits the first.
package backup
