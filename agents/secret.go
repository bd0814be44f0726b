package agents

import (
	"context"
	"database/sql"
	"encoding/hex"
	"fmt"
	"io"
)

// Secret returns 32 random bytes that belong to a name, drawn the first time it is asked for and the
// same on every node and after every restart. The HMAC of the visitors' tokens is keyed with one.
func (s *Store) Secret(ctx context.Context, name string) ([]byte, error) {
	var fresh [32]byte
	if _, err := io.ReadFull(s.random, fresh[:]); err != nil {
		return nil, fmt.Errorf("draw the secret %q: %w", name, err)
	}
	var stored string
	err := s.db.Tx(ctx, func(tx *sql.Tx) error {
		// Who loses a race reads what the winner stored.
		if _, err := tx.ExecContext(ctx,
			"INSERT INTO settings (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING",
			"secret."+name, hex.EncodeToString(fresh[:])); err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, "SELECT value FROM settings WHERE key = $1", "secret."+name).
			Scan(&stored)
	})
	if err != nil {
		return nil, fmt.Errorf("read the secret %q: %w", name, err)
	}
	secret, err := hex.DecodeString(stored)
	if err != nil || len(secret) != len(fresh) {
		return nil, fmt.Errorf("the stored secret %q is damaged; delete it from settings to draw a new one", name)
	}
	return secret, nil
}
