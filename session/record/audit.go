package record

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"yijian/session"
)

// Entry is one line of the audit log: who did what, to what, when and why. The log only grows.
type Entry struct {
	ID string
	At time.Time
	// Who is an account's id, or CommandLine.
	Who string
	// What is a verb, such as sessions.erase.
	What   string
	Site   string
	Target string
	Reason string
}

// CommandLine is who acts through the binary itself, on the machine of the record.
const CommandLine = "command line"

// Audit writes one entry. It is called before what it tells of, so that nothing is done without a trace.
func (db *DB) Audit(ctx context.Context, e Entry) error {
	_, err := db.Exec(ctx, "INSERT INTO audit (id, at, who, what, site, target, reason) VALUES ($1, $2, $3, $4, $5, $6, $7)",
		uuid.Must(uuid.NewV7()).String(), e.At.UnixMilli(), e.Who, e.What, e.Site, e.Target, printable(e.Reason))
	if err != nil {
		return fmt.Errorf("write the audit log: %w", err)
	}
	return nil
}

// printable is text that both engines store.
func printable(text string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(text, "\ufffd"), "\x00", "\ufffd")
}

// ErasedSession says that a conversation was to be erased: by which entry of the audit log, by whom, when.
type ErasedSession struct {
	Session session.ID
	Entry   string
	Who     string
	At      time.Time
}

// Erased returns the conversations whose erasure was audited since a moment, the oldest first; what
// only grew too old is not among them.
func (db *DB) Erased(ctx context.Context, since time.Time) ([]ErasedSession, error) {
	rows, err := db.Query(ctx, "SELECT id, at, who, target FROM audit WHERE id >= $1 AND what = 'sessions.erase' ORDER BY id", idAt(since))
	if err != nil {
		return nil, fmt.Errorf("read the audit log: %w", err)
	}
	defer rows.Close()
	var all []ErasedSession
	for rows.Next() {
		var e ErasedSession
		var at int64
		var target string
		if err := rows.Scan(&e.Entry, &at, &e.Who, &target); err != nil {
			return nil, fmt.Errorf("read the audit log: %w", err)
		}
		id, err := session.ParseID(target)
		if err != nil {
			continue // a number of sessions that were past their time
		}
		e.Session, e.At = id, time.UnixMilli(at).UTC()
		all = append(all, e)
	}
	return all, rows.Err()
}

const (
	// KeptAtLeast is for how long every site keeps a conversation: one that is older and nowhere was erased
	// when its time was over, which the audit log only counts.
	KeptAtLeast = 24 * time.Hour
	// ClockSkew is how far the clocks of machines that erase may be apart.
	ClockSkew = time.Hour
)

// WasErased reports whether a session that the record does not have was erased.
func (db *DB) WasErased(ctx context.Context, id session.ID) (bool, error) {
	born := id.Born()
	if time.Since(born) > KeptAtLeast {
		return true, nil
	}
	var erased bool
	err := db.QueryRow(ctx, "SELECT EXISTS (SELECT 1 FROM audit WHERE id >= $1 AND what = 'sessions.erase' AND target = $2)",
		idAt(born.Add(-ClockSkew)), string(id)).Scan(&erased)
	if err != nil {
		return false, fmt.Errorf("look in the audit log for session %s: %w", id, err)
	}
	return erased, nil
}

// idAt is what the ids of entries of a moment begin with.
func idAt(at time.Time) string {
	ms := max(at.UnixMilli(), 0)
	return fmt.Sprintf("%08x-%04x", ms>>16, ms&0xffff)
}

// Audits returns the latest entries, the newest first, of these sites; nil means all.
func (db *DB) Audits(ctx context.Context, sites []string, most int) ([]Entry, error) {
	rows, err := db.Query(ctx, "SELECT id, at, who, what, site, target, reason FROM audit ORDER BY id DESC LIMIT $1", most)
	if err != nil {
		return nil, fmt.Errorf("read the audit log: %w", err)
	}
	defer rows.Close()
	var all []Entry
	for rows.Next() {
		var e Entry
		var at int64
		if err := rows.Scan(&e.ID, &at, &e.Who, &e.What, &e.Site, &e.Target, &e.Reason); err != nil {
			return nil, fmt.Errorf("read the audit log: %w", err)
		}
		e.At = time.UnixMilli(at).UTC()
		if sites == nil || slices.Contains(sites, e.Site) {
			all = append(all, e)
		}
	}
	return all, rows.Err()
}
