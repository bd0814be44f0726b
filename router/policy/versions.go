package policy

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"time"

	"yijian/session/record"
)

const selectVersions = "SELECT version, hash, body, at, by_id, by_name, reason, restores FROM policies"

const insertVersion = `
	INSERT INTO policies (version, hash, body, at, by_id, by_name, reason, restores)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`

// Version returns one version, or ErrNoVersion.
func (s *Store) Version(ctx context.Context, version int) (Version, error) {
	v, err := scan(s.db.QueryRow(ctx, selectVersions+" WHERE version = $1", version))
	if errors.Is(err, record.ErrNoRows) {
		return Version{}, ErrNoVersion
	}
	if err != nil {
		return Version{}, fmt.Errorf("reading policy %d: %w", version, err)
	}
	return v, nil
}

// Newest returns the version that was published last in a record, or ErrNoVersion.
func Newest(ctx context.Context, db *record.DB) (Version, error) {
	v, err := scan(db.QueryRow(ctx, selectVersions+" ORDER BY version DESC LIMIT 1"))
	if errors.Is(err, record.ErrNoRows) {
		return Version{}, ErrNoVersion
	}
	if err != nil {
		return Version{}, fmt.Errorf("reading the newest policy: %w", err)
	}
	return v, nil
}

// Versions returns the versions below one, newest first; below 0 begins with the newest.
func (s *Store) Versions(ctx context.Context, below, limit int) ([]Version, error) {
	if below <= 0 {
		below = math.MaxInt32
	}
	rows, err := s.db.Query(ctx, selectVersions+" WHERE version < $1 ORDER BY version DESC LIMIT $2", below, limit)
	if err != nil {
		return nil, fmt.Errorf("reading policies: %w", err)
	}
	defer rows.Close()
	all := []Version{}
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("reading policies: %w", err)
		}
		all = append(all, v)
	}
	return all, rows.Err()
}

func scan(row interface{ Scan(into ...any) error }) (Version, error) {
	var v Version
	var number int
	var body string
	var at int64
	if err := row.Scan(&number, &v.Hash, &body, &at, &v.By, &v.Name, &v.Reason, &v.Restores); err != nil {
		return v, err
	}
	if err := json.Unmarshal([]byte(body), &v.Policy); err != nil {
		return v, fmt.Errorf("policy %d: %w", number, err)
	}
	v.Version, v.At = number, time.UnixMilli(at).UTC()
	return v, nil
}

// insertFirst stores version 1 where no other node has.
func insertFirst(ctx context.Context, tx *record.Tx, v Version) error {
	var n int
	if err := tx.QueryRowContext(ctx, "SELECT COUNT(*) FROM policies").Scan(&n); err != nil || n > 0 {
		return err
	}
	return insert(ctx, tx, v)
}

func insert(ctx context.Context, tx *record.Tx, v Version) error {
	body, err := json.Marshal(v.Policy)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, insertVersion,
		v.Version, v.Hash, string(body), v.At.UnixMilli(), v.By, v.Name, v.Reason, v.Restores)
	return err
}
