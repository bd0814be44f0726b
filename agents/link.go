package agents

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// LinkLife is how long a one-time sign-in link may wait for its use.
const LinkLife = 24 * time.Hour

// Link returns the token of a one-time sign-in link for an account and voids the links it had. The
// caller puts it behind a # in a URL, where no server or proxy logs it.
func (s *Store) Link(ctx context.Context, id string) (token string, err error) {
	account, err := s.Account(ctx, id)
	if err != nil {
		return "", err
	}
	if account.Disabled {
		return "", ErrDisabled
	}
	if token, err = newToken(s.random); err != nil {
		return "", err
	}
	now := s.now()
	err = s.db.Tx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx,
			"DELETE FROM sign_in_links WHERE account_id = $1 OR expires_at <= $2",
			id, now.UnixMilli()); err != nil {
			return fmt.Errorf("void older links: %w", err)
		}
		_, err := tx.ExecContext(ctx, `
			INSERT INTO sign_in_links (hash, account_id, created_at, expires_at) VALUES ($1, $2, $3, $4)`,
			digest(token), id, now.UnixMilli(), now.Add(LinkLife).UnixMilli())
		if err != nil {
			return fmt.Errorf("store a link: %w", err)
		}
		return nil
	})
	return token, err
}

// SignInByLink opens a session for the holder of a link's token and uses the link up. A link that
// was used, voided, has expired or never was is ErrBadLink.
func (s *Store) SignInByLink(ctx context.Context, token, address string) (SignedIn, error) {
	if err := s.attempt("", address); err != nil {
		return SignedIn{}, err
	}
	var in SignedIn
	err := s.db.Tx(ctx, func(tx *sql.Tx) error {
		id, err := s.useLink(ctx, tx, token)
		if err != nil {
			return err
		}
		in, err = s.openSession(ctx, tx, id)
		return err
	})
	if err != nil {
		return SignedIn{}, err
	}
	s.byAddress.give(limitKey(address))
	return in, nil
}

// useLink deletes the link that it reads, so of two users at one moment only one gets in.
func (s *Store) useLink(ctx context.Context, tx *sql.Tx, token string) (account string, err error) {
	err = tx.QueryRowContext(ctx, `
		DELETE FROM sign_in_links WHERE hash = $1 AND expires_at > $2
			AND account_id IN (SELECT id FROM accounts WHERE disabled_at IS NULL)
		RETURNING account_id`, digest(token), s.now().UnixMilli()).Scan(&account)
	if errors.Is(err, sql.ErrNoRows) {
		return "", ErrBadLink
	}
	if err != nil {
		return "", fmt.Errorf("use a link: %w", err)
	}
	return account, nil
}

// EnsureFirst makes sure that a new installation can be entered. Without any account it creates an
// admin, who has no password; while that admin is the only account and never signed in, every start
// gets a fresh link, since the one printed before may be lost. created tells whether the account is
// new; token is empty once somebody has signed in.
func (s *Store) EnsureFirst(ctx context.Context) (token string, created bool, err error) {
	list, err := s.Accounts(ctx)
	if err != nil {
		return "", false, err
	}
	if len(list) == 0 {
		first, err := s.insert(ctx, firstAccount(), "")
		if err == nil {
			token, err = s.Link(ctx, first.ID)
			return token, true, err
		}
		// Another node may have been faster; its account is as good.
		if !errors.Is(err, ErrLoginTaken) {
			return "", false, err
		}
		if list, err = s.Accounts(ctx); err != nil {
			return "", false, err
		}
	}
	if len(list) != 1 || !list[0].SignedIn.IsZero() || list[0].Disabled {
		return "", false, nil
	}
	token, err = s.Link(ctx, list[0].ID)
	return token, false, err
}

func firstAccount() Draft {
	return Draft{
		Name: "小一", Login: "admin", Role: RoleAdmin,
		Sites: []string{EverySite}, Langs: []string{"zh-CN", "en"}, Capacity: DefaultCapacity,
	}
}
