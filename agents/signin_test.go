package agents_test

import (
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"yijian/agents"
)

func TestS6PasswordsAreStoredAsArgon2idWithItsCost(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, b bench) {
		b.create(t, "wang", agents.RoleAgent)
		var stored string
		if err := b.db.QueryRow(t.Context(), "SELECT password FROM accounts").Scan(&stored); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(stored, "$argon2id$v=19$m=19456,t=2,p=1$") {
			t.Errorf("got %q, want Argon2id with 19 MiB, 2 passes, 1 lane", stored)
		}
	})
}

func TestS6UnknownLoginsCostTheSameWorkAndGetTheSameAnswer(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, b bench) {
		b.create(t, "wang", agents.RoleAgent)
		if _, err := b.Create(t.Context(), agents.Draft{
			Name: "no password", Login: "linked", Role: agents.RoleAgent, Sites: []string{"demo"},
		}); err != nil {
			t.Fatal(err)
		}
		checks := agents.CountChecks(b.Store)
		for _, c := range []struct{ login, password string }{
			{"wang", "not the password"},
			{"nobody", password},
			{"linked", ""},
			{"linked", password},
			{"wang", strings.Repeat("x", 1<<16)},
			{"", password},
		} {
			checks.Store(0)
			_, err := b.SignIn(t.Context(), c.login, c.password, home)
			if !errors.Is(err, agents.ErrBadCredentials) || checks.Load() != 1 {
				t.Errorf("%q: got %v after %d checks, want ErrBadCredentials after 1", c.login, err, checks.Load())
			}
		}
	})
}

func TestS6SignInIsLimitedForALogin(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, b bench) {
		b.create(t, "wang", agents.RoleAgent)
		for i := range 5 {
			_, err := b.SignIn(t.Context(), "wang", "guess", fmt.Sprintf("192.0.2.%d", i))
			wantErr(t, err, agents.ErrBadCredentials)
		}
		_, err := b.SignIn(t.Context(), "WANG ", password, "192.0.2.99")
		wantErr(t, err, agents.ErrRateLimited)
		var limited agents.RateLimitError
		if !errors.As(err, &limited) || limited.After != 30*time.Second {
			t.Errorf("got %v, want a wait of 30 s", err)
		}
		b.clock.Advance(limited.After)
		b.signIn(t, "wang")
	})
}

func TestS6SignInIsLimitedForAnAddress(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, b bench) {
		b.create(t, "wang", agents.RoleAgent)
		var err error
		for i := range 31 {
			// One customer of a provider, with as many addresses as he likes.
			_, err = b.SignInByLink(t.Context(), "guess", fmt.Sprintf("2001:db8:1:2::%d", i+1))
		}
		wantErr(t, err, agents.ErrRateLimited)
		_, err = b.SignIn(t.Context(), "wang", password, "2001:db8:1:2::ffff")
		wantErr(t, err, agents.ErrRateLimited)
		b.signIn(t, "wang") // from elsewhere
	})
}

func TestS6SignInsThatSucceedAreNotCounted(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, b bench) {
		b.create(t, "wang", agents.RoleAgent)
		for range 40 {
			b.signIn(t, "wang")
		}
	})
}

func TestS6ASessionEndsWhenRevokedIdleOrOld(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, b bench) {
		account := b.create(t, "wang", agents.RoleAgent)
		one, two := b.signIn(t, "wang"), b.signIn(t, "wang")
		if got, err := b.Authenticate(t.Context(), one.Token); err != nil || got.ID != account.ID {
			t.Fatalf("got %v, %v, want the account", got, err)
		}
		if err := b.SignOut(t.Context(), agents.RefOf(one.Token)); err != nil {
			t.Fatal(err)
		}
		_, err := b.Authenticate(t.Context(), one.Token)
		wantErr(t, err, agents.ErrUnauthorized)
		if _, err := b.Authenticate(t.Context(), two.Token); err != nil {
			t.Errorf("ending one session ended another: %v", err)
		}
		if err := b.RevokeSessions(t.Context(), account.ID); err != nil {
			t.Fatal(err)
		}
		_, err = b.Authenticate(t.Context(), two.Token)
		wantErr(t, err, agents.ErrUnauthorized)
		wantErr(t, b.RevokeSessions(t.Context(), "nobody"), agents.ErrNoAccount)

		used := b.signIn(t, "wang")
		for range 29 * 24 / 11 {
			b.clock.Advance(11 * time.Hour)
			if _, err := b.Authenticate(t.Context(), used.Token); err != nil {
				t.Fatalf("a session in use ended: %v", err)
			}
		}
		b.clock.Advance(30*24*time.Hour - 29*24/11*11*time.Hour)
		_, err = b.Authenticate(t.Context(), used.Token)
		wantErr(t, err, agents.ErrUnauthorized)
	})
}

func TestAConsoleThatOnlyStandsOpenEndsAsIdle(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, b bench) {
		b.create(t, "wang", agents.RoleAgent)
		ref := agents.RefOf(b.signIn(t, "wang").Token)
		for range 11 {
			b.clock.Advance(time.Hour)
			if _, err := b.Valid(t.Context(), ref, false); err != nil {
				t.Fatal(err)
			}
		}
		b.clock.Advance(time.Hour)
		_, err := b.Valid(t.Context(), ref, false)
		wantErr(t, err, agents.ErrUnauthorized)
		_, err = b.Valid(t.Context(), "nonsense", true)
		wantErr(t, err, agents.ErrUnauthorized)
		b.signIn(t, "wang")
		var left int
		if err := b.db.QueryRow(t.Context(), "SELECT count(*) FROM account_sessions").
			Scan(&left); err != nil || left != 1 {
			t.Errorf("%d sessions stored, %v, want the ended one cleared away", left, err)
		}
	})
}

func TestAOneTimeLinkWorksOnce(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, b bench) {
		account := b.create(t, "wang", agents.RoleAgent)
		link, err := b.Link(t.Context(), account.ID)
		if err != nil {
			t.Fatal(err)
		}
		var in, refused atomic.Int64
		var group sync.WaitGroup
		for range 8 {
			group.Go(func() {
				switch _, err := b.SignInByLink(t.Context(), link, home); {
				case err == nil:
					in.Add(1)
				case errors.Is(err, agents.ErrBadLink):
					refused.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		group.Wait()
		if in.Load() != 1 || refused.Load() != 7 {
			t.Errorf("%d got in and %d were refused, want 1 and 7", in.Load(), refused.Load())
		}
		if link, err = b.Link(t.Context(), account.ID); err != nil {
			t.Fatal(err)
		}
		b.clock.Advance(agents.LinkLife)
		_, err = b.SignInByLink(t.Context(), link, home)
		wantErr(t, err, agents.ErrBadLink)
		_, err = b.Link(t.Context(), "nobody")
		wantErr(t, err, agents.ErrNoAccount)
	})
}

func TestANewPasswordEndsEverythingElse(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, b bench) {
		account := b.create(t, "wang", agents.RoleAgent)
		mine, other := b.signIn(t, "wang"), b.signIn(t, "wang")
		link, err := b.Link(t.Context(), account.ID)
		if err != nil {
			t.Fatal(err)
		}
		const fresh = "a new password"
		ref := agents.RefOf(mine.Token)
		wantErr(t, b.ChangePassword(t.Context(), ref, "wrong", fresh), agents.ErrInvalid)
		wantErr(t, b.ChangePassword(t.Context(), ref, password, "seven77"), agents.ErrInvalid)
		wantErr(t, b.ChangePassword(t.Context(), agents.RefOf("gone"), password, fresh), agents.ErrUnauthorized)
		wantErr(t, b.ChangePassword(t.Context(), agents.RefOf("yjk_x"), password, fresh), agents.ErrNotASession)
		if err := b.ChangePassword(t.Context(), ref, password, fresh); err != nil {
			t.Fatal(err)
		}
		if _, err := b.Authenticate(t.Context(), mine.Token); err != nil {
			t.Errorf("the owner was signed out: %v", err)
		}
		_, err = b.Authenticate(t.Context(), other.Token)
		wantErr(t, err, agents.ErrUnauthorized)
		_, err = b.SignInByLink(t.Context(), link, home)
		wantErr(t, err, agents.ErrBadLink)
		_, err = b.SignIn(t.Context(), "wang", password, home)
		wantErr(t, err, agents.ErrBadCredentials)
		if _, err := b.SignIn(t.Context(), "wang", fresh, home); err != nil {
			t.Error(err)
		}
		if err := b.SetPassword(t.Context(), account.ID, password); err != nil {
			t.Fatal(err)
		}
		_, err = b.Authenticate(t.Context(), mine.Token)
		wantErr(t, err, agents.ErrUnauthorized)
	})
}

func TestS6ABorrowedSessionCannotGuessThePassword(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, b bench) {
		b.create(t, "wang", agents.RoleAgent)
		ref := agents.RefOf(b.signIn(t, "wang").Token)
		for range 5 {
			wantErr(t, b.ChangePassword(t.Context(), ref, "guess", "a new password"), agents.ErrInvalid)
		}
		wantErr(t, b.ChangePassword(t.Context(), ref, password, "a new password"), agents.ErrRateLimited)
	})
}

func TestAnAPIKeyWorksUntilItIsRevoked(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, b bench) {
		account := b.create(t, "replay", agents.RoleAgent)
		key, secret, err := b.CreateKey(t.Context(), account.ID, " replay ")
		if err != nil || !strings.HasPrefix(secret, "yjk_") || key.Name != "replay" {
			t.Fatalf("got %+v, %q, %v, want a key", key, secret, err)
		}
		if got, err := b.Authenticate(t.Context(), secret); err != nil || got.ID != account.ID {
			t.Errorf("got %v, %v, want the account", got, err)
		}
		wantErr(t, b.SignOut(t.Context(), agents.RefOf(secret)), agents.ErrNotASession)
		for range 2 { // the second time changes nothing
			if err := b.RevokeKey(t.Context(), key.ID); err != nil {
				t.Fatal(err)
			}
		}
		_, err = b.Authenticate(t.Context(), secret)
		wantErr(t, err, agents.ErrUnauthorized)
		if got, err := b.Key(t.Context(), key.ID); err != nil || !got.Revoked || got.Account != account.ID {
			t.Errorf("got %+v, %v, want the trace of a revoked key", got, err)
		}
		wantErr(t, b.RevokeKey(t.Context(), "nothing"), agents.ErrNoKey)
		_, _, err = b.CreateKey(t.Context(), account.ID, " ")
		wantErr(t, err, agents.ErrInvalid)
		_, _, err = b.CreateKey(t.Context(), "nobody", "x")
		wantErr(t, err, agents.ErrNoAccount)
	})
}

func TestNoSecretIsStored(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, b bench) {
		account := b.create(t, "wang", agents.RoleAgent)
		session := b.signIn(t, "wang").Token
		_, key, errKey := b.CreateKey(t.Context(), account.ID, "replay")
		link, errLink := b.Link(t.Context(), account.ID)
		if err := errors.Join(errKey, errLink); err != nil {
			t.Fatal(err)
		}
		var stored []string
		for _, query := range []string{
			"SELECT hash FROM account_sessions", "SELECT hash FROM api_keys",
			"SELECT hash FROM sign_in_links", "SELECT password FROM accounts",
		} {
			var text string
			if err := b.db.QueryRow(t.Context(), query).Scan(&text); err != nil {
				t.Fatal(err)
			}
			stored = append(stored, text)
		}
		for _, secret := range []string{session, key, link, password} {
			if slices.ContainsFunc(stored, func(s string) bool { return strings.Contains(s, secret) }) {
				t.Errorf("%q is stored", secret)
			}
		}
	})
}

func TestAPasswordMatchesHoweverItsAccentsAreTyped(t *testing.T) {
	t.Parallel()
	stored, err := agents.HashPassword(rand.Reader, "cafe\u0301 au lait")
	if err != nil {
		t.Fatal(err)
	}
	if ok, err := agents.Matches(stored, "caf\u00e9 au lait"); !ok || err != nil {
		t.Errorf("got %v, %v, want a match", ok, err)
	}
}

func TestAddressesAreLimitedByWhatACustomerOwns(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"192.0.2.7": "192.0.2.7", "::ffff:192.0.2.7": "192.0.2.7",
		"2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64", "fe80::1%eth0": "fe80::/64", "@": "@",
	} {
		if got := agents.LimitKey(address); got != want {
			t.Errorf("%s is limited as %s, want %s", address, got, want)
		}
	}
}

// FuzzStoredHash holds that a damaged row is an error: no panic, no match, no absurd cost.
func FuzzStoredHash(f *testing.F) {
	good, err := agents.HashPassword(rand.Reader, password)
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{
		good, "", "$", "$argon2id$v=19$m=19456,t=2,p=1$$", strings.Replace(good, "m=19456", "m=4294967295", 1),
		strings.Replace(good, "t=2", "t=0", 1), strings.Replace(good, "p=1", "p=0", 1),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, stored string) {
		if ok, err := agents.Matches(stored, "another password"); ok {
			t.Errorf("%q matches a password that it was not made of, %v", stored, err)
		}
	})
}
