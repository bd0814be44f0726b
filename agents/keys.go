package agents

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
)

// Key is an API key without its secret. It may do what its account may.
type Key struct {
	ID      string
	Account string
	// Name tells people what the key is for.
	Name    string
	Created time.Time
	Revoked bool
}

// CreateKey gives an account an API key. The secret is returned this once and never again.
func (s *Store) CreateKey(ctx context.Context, account, name string) (key Key, secret string, err error) {
	name = strings.TrimSpace(name)
	if n := utf8.RuneCountInString(name); n < 1 || n > maxName {
		return Key{}, "", FieldError{"name", fmt.Sprintf("must say in 1 to %d characters what the key is for", maxName)}
	}
	owner, err := s.Account(ctx, account)
	if err != nil {
		return Key{}, "", err
	}
	if owner.Disabled {
		return Key{}, "", ErrDisabled
	}
	token, err := newToken(s.random)
	if err != nil {
		return Key{}, "", err
	}
	id, err := uuid.NewV7FromReader(s.random)
	if err != nil {
		return Key{}, "", fmt.Errorf("draw a key id: %w", err)
	}
	secret = KeyPrefix + token
	created := s.now().UnixMilli()
	if _, err := s.db.Exec(ctx, `
		INSERT INTO api_keys (id, hash, account_id, name, created_at) VALUES ($1, $2, $3, $4, $5)`,
		id.String(), digest(secret), account, name, created); err != nil {
		return Key{}, "", fmt.Errorf("store an API key: %w", err)
	}
	key = Key{ID: id.String(), Account: account, Name: name, Created: time.UnixMilli(created).UTC()}
	return key, secret, nil
}

// Key returns one API key, revoked or not, or ErrNoKey.
func (s *Store) Key(ctx context.Context, id string) (Key, error) {
	key := Key{ID: id}
	var created int64
	var revoked sql.NullInt64
	err := s.db.QueryRow(ctx, "SELECT account_id, name, created_at, revoked_at FROM api_keys WHERE id = $1", id).
		Scan(&key.Account, &key.Name, &created, &revoked)
	if errors.Is(err, sql.ErrNoRows) {
		return Key{}, ErrNoKey
	}
	if err != nil {
		return Key{}, fmt.Errorf("read API key %q: %w", id, err)
	}
	key.Created = time.UnixMilli(created).UTC()
	key.Revoked = revoked.Valid
	return key, nil
}

// RevokeKey ends an API key; its row stays as a trace. A key that was revoked before is no error.
func (s *Store) RevokeKey(ctx context.Context, id string) error {
	if _, err := s.Key(ctx, id); err != nil {
		return err
	}
	if _, err := s.db.Exec(ctx, "UPDATE api_keys SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL",
		s.now().UnixMilli(), id); err != nil {
		return fmt.Errorf("revoke API key %q: %w", id, err)
	}
	return nil
}

func (s *Store) validKey(ctx context.Context, hash string) (Account, error) {
	var id string
	return scanOwner(s.db.QueryRow(ctx, selectOwnerOf("api_keys", "id")+" AND x.revoked_at IS NULL", hash), &id)
}
