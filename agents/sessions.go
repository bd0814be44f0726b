package agents

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// A session ends 30 days after the sign-in, or when nothing was done with it for 12 hours. The time
// of the last use is written at most once a minute.
const (
	SessionLife = 30 * 24 * time.Hour
	SessionIdle = 12 * time.Hour
	touchEvery  = time.Minute
)

// openSession stores a session for an account, notes the sign-in, and clears away sessions of
// everybody that have ended by themselves.
func (s *Store) openSession(ctx context.Context, tx *sql.Tx, id string) (SignedIn, error) {
	token, err := newToken(s.random)
	if err != nil {
		return SignedIn{}, err
	}
	now := s.now()
	if err := noteSignIn(ctx, tx, id, now); err != nil {
		return SignedIn{}, err
	}
	if _, err := tx.ExecContext(ctx, `
		INSERT INTO account_sessions (hash, account_id, created_at, seen_at, expires_at)
		VALUES ($1, $2, $3, $3, $4)`,
		digest(token), id, now.UnixMilli(), now.Add(SessionLife).UnixMilli()); err != nil {
		return SignedIn{}, fmt.Errorf("store a session: %w", err)
	}
	account, _, err := scanAccount(tx.QueryRowContext(ctx, selectAccount+" WHERE a.id = $1", id))
	return SignedIn{Token: token, Account: account}, err
}

func noteSignIn(ctx context.Context, tx *sql.Tx, id string, now time.Time) error {
	if _, err := tx.ExecContext(ctx,
		"UPDATE accounts SET signed_in_at = $1 WHERE id = $2", now.UnixMilli(), id); err != nil {
		return fmt.Errorf("note the sign-in: %w", err)
	}
	if _, err := tx.ExecContext(ctx,
		"DELETE FROM account_sessions WHERE expires_at <= $1 OR seen_at <= $2",
		now.UnixMilli(), now.Add(-SessionIdle).UnixMilli()); err != nil {
		return fmt.Errorf("clear ended sessions: %w", err)
	}
	return nil
}

// Authenticate returns the account behind a session token or an API key, or ErrUnauthorized.
func (s *Store) Authenticate(ctx context.Context, token string) (Account, error) {
	return s.Valid(ctx, RefOf(token), true)
}

// Valid returns the account behind a credential as it is now, or ErrUnauthorized once the session or
// key was revoked or has ended, or the account was disabled. It is one indexed read: a socket asks
// every 5 s at most, which is what closes the socket of a revoked session in time (S1), and brings a
// changed role or site into force.
//
// active says that the person did something since the last question. Only that keeps a session from
// ending as idle; a console that merely stands open does not.
func (s *Store) Valid(ctx context.Context, ref Ref, active bool) (Account, error) {
	if hash, ok := ref.key(); ok {
		return s.validKey(ctx, hash)
	}
	hash, ok := ref.session()
	if !ok {
		return Account{}, ErrUnauthorized
	}
	now := s.now()
	var seen int64
	account, err := scanOwner(s.db.QueryRow(ctx, selectOwnerOf("account_sessions", "seen_at")+
		` AND x.expires_at > $2 AND x.seen_at > $3`,
		hash, now.UnixMilli(), now.Add(-SessionIdle).UnixMilli()), &seen)
	if err != nil {
		return Account{}, err
	}
	if !active || now.Sub(time.UnixMilli(seen)) < touchEvery {
		return account, nil
	}
	// A record that can be read but not written, as on a full disk, costs nobody the sign-in: what is not
	// noted now is noted with the next use.
	_, _ = s.db.Exec(ctx, "UPDATE account_sessions SET seen_at = $1 WHERE hash = $2", now.UnixMilli(), hash)
	return account, nil
}

// selectOwnerOf selects the enabled account that a credential with hash $1 belongs to, with one more
// column of the credential's table.
func selectOwnerOf(credentials, column string) string {
	return "SELECT " + accountColumns + ", x." + column + `
		FROM ` + credentials + ` x JOIN accounts a ON a.id = x.account_id
		WHERE x.hash = $1 AND a.disabled_at IS NULL`
}

func scanOwner(row *sql.Row, column any) (Account, error) {
	account, _, err := scanAccount(also{row, column})
	if errors.Is(err, ErrNoAccount) {
		return Account{}, ErrUnauthorized
	}
	if err != nil {
		return Account{}, fmt.Errorf("find the account of a credential: %w", err)
	}
	return account, nil
}

// also scans one column more than it is asked for.
type also struct {
	row    *sql.Row
	column any
}

// Scan implements the scanning half of sql.Row.
func (a also) Scan(dest ...any) error { return a.row.Scan(append(dest, a.column)...) }

// SignOut ends one session.
func (s *Store) SignOut(ctx context.Context, ref Ref) error {
	hash, ok := ref.session()
	if !ok {
		return ErrNotASession
	}
	if _, err := s.db.Exec(ctx, "DELETE FROM account_sessions WHERE hash = $1", hash); err != nil {
		return fmt.Errorf("end a session: %w", err)
	}
	return nil
}

// RevokeSessions ends all sessions and unused links of an account. Its API keys stay.
func (s *Store) RevokeSessions(ctx context.Context, id string) error {
	if _, err := s.Account(ctx, id); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *sql.Tx) error { return signOutAll(ctx, tx, id) })
}

func signOutAll(ctx context.Context, tx *sql.Tx, id string) error {
	return signOutOthers(ctx, tx, id, "")
}

// signOutOthers ends the links of an account and all its sessions but the one whose hash is keep.
func signOutOthers(ctx context.Context, tx *sql.Tx, id, keep string) error {
	_, err := tx.ExecContext(ctx,
		"DELETE FROM account_sessions WHERE account_id = $1 AND hash <> $2", id, keep)
	if err != nil {
		return fmt.Errorf("end the sessions of account %q: %w", id, err)
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM sign_in_links WHERE account_id = $1", id); err != nil {
		return fmt.Errorf("end the links of account %q: %w", id, err)
	}
	return nil
}
