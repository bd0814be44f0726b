package agents

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// SignedIn is a fresh session. Token is shown to nobody but the browser that signed in.
type SignedIn struct {
	Token   string
	Account Account
}

// SignIn opens a session for a login and its password. address is where the request came from. A
// wrong login, a wrong password and an account without one are the same ErrBadCredentials after the
// same work; after too many failures it is a RateLimitError.
func (s *Store) SignIn(ctx context.Context, login, password, address string) (SignedIn, error) {
	login = foldLogin(login)
	if err := s.attempt(login, address); err != nil {
		return SignedIn{}, err
	}
	account, stored, err := scanAccount(s.db.QueryRow(ctx, selectAccount+" WHERE a.login = $1", login))
	if err != nil && !errors.Is(err, ErrNoAccount) {
		return SignedIn{}, fmt.Errorf("find the account of a login: %w", err)
	}
	ok, err := s.verify(ctx, stored, password)
	if err != nil {
		return SignedIn{}, fmt.Errorf("check a password: %w", err)
	}
	if !ok {
		return SignedIn{}, ErrBadCredentials
	}
	s.succeeded(login, address)
	if account.Disabled {
		return SignedIn{}, ErrDisabled
	}
	var in SignedIn
	err = s.db.Tx(ctx, func(tx *sql.Tx) error {
		in, err = s.openSession(ctx, tx, account.ID)
		return err
	})
	return in, err
}

// attempt counts against the address first, so that made-up logins cannot fill the other table.
func (s *Store) attempt(login, address string) error {
	now := s.now()
	if wait := s.byAddress.take(limitKey(address), now); wait > 0 {
		return RateLimitError{After: wait}
	}
	if login == "" {
		return nil
	}
	if wait := s.byLogin.take(login, now); wait > 0 {
		return RateLimitError{After: wait}
	}
	return nil
}

func (s *Store) succeeded(login, address string) {
	s.byAddress.give(limitKey(address))
	s.byLogin.give(login)
}

// verify does the same work whether there is a password to compare with or not.
func (s *Store) verify(ctx context.Context, stored, password string) (ok bool, err error) {
	exists := stored != ""
	if !exists {
		stored = decoy()
	}
	if len(password) > 4*MaxPassword {
		password = "" // longer than any password in UTF-8, and wrong as well
	}
	err = s.hashing(ctx, func() error {
		ok, err = s.matches(stored, password)
		return err
	})
	return ok && exists, err
}

// SetPassword gives an account a password and ends all its sessions and links.
func (s *Store) SetPassword(ctx context.Context, id, password string) error {
	account, err := s.Account(ctx, id)
	if err != nil {
		return err
	}
	return s.setPassword(ctx, account, password, "")
}

// ChangePassword is SetPassword by the owner, who stays signed in with the session keep and has to
// know the current password if there is one. Other sessions and links end.
func (s *Store) ChangePassword(ctx context.Context, keep Ref, current, password string) error {
	hash, ok := keep.session()
	if !ok {
		return ErrNotASession
	}
	account, err := s.Valid(ctx, keep, true)
	if err != nil {
		return err
	}
	if account.HasPassword {
		if err := s.confirm(ctx, account, current); err != nil {
			return err
		}
	}
	return s.setPassword(ctx, account, password, hash)
}

// confirm checks the current password and counts failures as attempts to sign in: a borrowed browser
// must not be a way to guess on.
func (s *Store) confirm(ctx context.Context, account Account, current string) error {
	if wait := s.byLogin.take(account.Login, s.now()); wait > 0 {
		return RateLimitError{After: wait}
	}
	_, stored, err := scanAccount(s.db.QueryRow(ctx, selectAccount+" WHERE a.id = $1", account.ID))
	if err != nil {
		return err
	}
	ok, err := s.verify(ctx, stored, current)
	if err != nil {
		return fmt.Errorf("check a password: %w", err)
	}
	if !ok {
		return FieldError{"current", "is not your password; type the one you sign in with now"}
	}
	s.byLogin.give(account.Login)
	return nil
}

// setPassword stores a password and ends every session but the one whose hash is keep.
func (s *Store) setPassword(ctx context.Context, account Account, password, keep string) error {
	if err := checkPassword(account.Login, password); err != nil {
		return err
	}
	stored, err := s.hash(ctx, password)
	if err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx,
			"UPDATE accounts SET password = $1 WHERE id = $2", stored, account.ID); err != nil {
			return fmt.Errorf("store a password: %w", err)
		}
		return signOutOthers(ctx, tx, account.ID, keep)
	})
}

func (s *Store) hash(ctx context.Context, password string) (stored string, err error) {
	err = s.hashing(ctx, func() error {
		stored, err = hashPassword(s.random, password)
		return err
	})
	return stored, err
}
