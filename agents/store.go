package agents

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"runtime"
	"time"

	"github.com/google/uuid"

	"yijian/session/record"
)

// Attempts to sign in: for one login five and then two a minute, for one address thirty and then ten
// a minute, because a whole call centre may come from one address. An attempt that succeeds is given
// back. Each node counts for itself.
const (
	loginBurst   = 5
	loginEvery   = 30 * time.Second
	addressBurst = 30
	addressEvery = 6 * time.Second
)

// Store keeps accounts and everything they sign in with. It is safe for concurrent use.
type Store struct {
	db      *record.DB
	now     func() time.Time
	random  io.Reader
	queues  []string
	places  chan struct{} // see hashing
	matches func(stored, password string) (bool, error)

	byLogin, byAddress *limiter
}

// Options are what a Store is given besides its database; the zero value is right in production.
type Options struct {
	Now    func() time.Time
	Random io.Reader
	// Queues are those that skills may name; any if empty, as a desk without rules takes any.
	Queues []string
}

// New returns a store on an open record.
func New(db *record.DB, o Options) *Store {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Random == nil {
		o.Random = rand.Reader
	}
	return &Store{
		db: db, now: o.Now, random: o.Random, queues: o.Queues, matches: matches,
		places:    make(chan struct{}, runtime.GOMAXPROCS(0)),
		byLogin:   newLimiter(loginBurst, loginEvery),
		byAddress: newLimiter(addressBurst, addressEvery),
	}
}

// Create stores a new account. What is wrong with the draft comes back as joined FieldErrors; a
// login in use as ErrLoginTaken.
func (s *Store) Create(ctx context.Context, d Draft) (Account, error) {
	known, err := s.siteIDs(ctx)
	if err != nil {
		return Account{}, err
	}
	if d, err = d.tidy(known, s.queues); err != nil {
		return Account{}, err
	}
	var password string
	if d.Password != "" {
		if password, err = s.hash(ctx, d.Password); err != nil {
			return Account{}, err
		}
	}
	return s.insert(ctx, d, password)
}

func (s *Store) insert(ctx context.Context, d Draft, password string) (Account, error) {
	id, err := uuid.NewV7FromReader(s.random)
	if err != nil {
		return Account{}, fmt.Errorf("draw an account id: %w", err)
	}
	created := s.now()
	result, err := s.db.Exec(ctx, `
		INSERT INTO accounts (id, name, login, role, sites, langs, skills, capacity, password, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (login) DO NOTHING`,
		id.String(), d.Name, d.Login, string(d.Role), record.JSONList(d.Sites),
		record.JSONList(d.Langs), record.JSONList(d.Skills), d.Capacity, password, created.UnixMilli())
	if err != nil {
		return Account{}, fmt.Errorf("store account %q: %w", d.Login, err)
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return Account{}, errors.Join(ErrLoginTaken, err)
	}
	return s.Account(ctx, id.String())
}

// Account returns one account, disabled or not, or ErrNoAccount.
func (s *Store) Account(ctx context.Context, id string) (Account, error) {
	account, _, err := scanAccount(s.db.QueryRow(ctx, selectAccount+" WHERE a.id = $1", id))
	if err != nil {
		return Account{}, fmt.Errorf("read account %q: %w", id, err)
	}
	return account, nil
}

// Accounts returns all accounts, also the disabled ones, oldest first.
func (s *Store) Accounts(ctx context.Context) ([]Account, error) {
	rows, err := s.db.Query(ctx, selectAccount+" ORDER BY a.created_at, a.id")
	if err != nil {
		return nil, fmt.Errorf("list accounts: %w", err)
	}
	defer rows.Close()
	var list []Account
	for rows.Next() {
		account, _, err := scanAccount(rows)
		if err != nil {
			return nil, fmt.Errorf("list accounts: %w", err)
		}
		list = append(list, account)
	}
	return list, rows.Err()
}

// Disable ends an account: its sessions and links at once, its keys with them, its open sockets at
// their next Valid. It does nothing to an account that is disabled already.
func (s *Store) Disable(ctx context.Context, id string) error {
	return s.db.Tx(ctx, func(tx *sql.Tx) error {
		// Writing to every admin's row makes two admins who disable each other take turns.
		if _, err := tx.ExecContext(ctx,
			"UPDATE accounts SET role = role WHERE role = $1", string(RoleAdmin)); err != nil {
			return fmt.Errorf("lock the admins: %w", err)
		}
		account, _, err := scanAccount(tx.QueryRowContext(ctx, selectAccount+" WHERE a.id = $1", id))
		if err != nil {
			return fmt.Errorf("disable account %q: %w", id, err)
		}
		if err := keepAnAdmin(ctx, tx, account); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx,
			"UPDATE accounts SET disabled_at = $1 WHERE id = $2 AND disabled_at IS NULL",
			s.now().UnixMilli(), id); err != nil {
			return fmt.Errorf("disable account %q: %w", id, err)
		}
		return signOutAll(ctx, tx, id)
	})
}

func keepAnAdmin(ctx context.Context, tx *sql.Tx, leaving Account) error {
	if leaving.Role != RoleAdmin {
		return nil
	}
	var others int
	err := tx.QueryRowContext(ctx, `SELECT count(*) FROM accounts
		WHERE role = $1 AND disabled_at IS NULL AND id <> $2`,
		string(RoleAdmin), leaving.ID).Scan(&others)
	if err != nil {
		return fmt.Errorf("count the other admins: %w", err)
	}
	if others == 0 {
		return ErrLastAdmin
	}
	return nil
}

func (s *Store) siteIDs(ctx context.Context) ([]string, error) {
	sites, err := s.db.Sites(ctx)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(sites))
	for i, site := range sites {
		ids[i] = site.ID
	}
	return ids, nil
}

const (
	accountColumns = `a.id, a.name, a.login, a.role, a.sites, a.langs, a.skills, a.capacity,
		a.password, a.created_at, a.signed_in_at, a.disabled_at`
	selectAccount = "SELECT " + accountColumns + " FROM accounts a"
)

// scanAccount reads a row of accountColumns: the account and its password hash.
func scanAccount(row interface{ Scan(...any) error }) (a Account, password string, err error) {
	var created int64
	var skills record.JSONList
	var signedIn, disabled sql.NullInt64
	err = row.Scan(&a.ID, &a.Name, &a.Login, &a.Role, (*record.JSONList)(&a.Sites),
		(*record.JSONList)(&a.Langs), &skills, &a.Capacity, &password, &created, &signedIn, &disabled)
	if errors.Is(err, sql.ErrNoRows) {
		return Account{}, "", ErrNoAccount
	}
	if err != nil {
		return Account{}, "", err
	}
	// What an older or newer version wrote and this one cannot read is no skill.
	a.Skills = readSkills(skills)
	a.HasPassword = password != ""
	a.Disabled = disabled.Valid
	a.Created = time.UnixMilli(created).UTC()
	if signedIn.Valid {
		a.SignedIn = time.UnixMilli(signedIn.Int64).UTC()
	}
	return a, password, nil
}
