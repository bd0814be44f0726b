package agents_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yijian/agents"
	"yijian/session/record"
	"yijian/session/record/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

const (
	password = "correct horse 电池"
	home     = "192.0.2.1"
)

// clock is the time a test sets by hand.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// bench is what a test of the store works on.
type bench struct {
	*agents.Store
	db    *record.DB
	clock *clock
}

// onEach runs test on an empty store of every backend, where the sites demo and shop exist.
func onEach(t *testing.T, test func(t *testing.T, b bench)) {
	t.Helper()
	for name, target := range pgtest.Engines() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db, err := record.Open(t.Context(), target(t))
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = db.Close() })
			if err := db.PutSites(t.Context(), record.Site{ID: "demo"}, record.Site{ID: "shop"}); err != nil {
				t.Fatal(err)
			}
			c := &clock{at: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)}
			test(t, bench{agents.New(db, agents.Options{Now: c.Now}), db, c})
		})
	}
}

func (b bench) create(t *testing.T, login string, role agents.Role) agents.Account {
	t.Helper()
	account, err := b.Create(t.Context(), agents.Draft{
		Name: "小王", Login: login, Role: role, Sites: []string{"demo"}, Password: password,
	})
	if err != nil {
		t.Fatal(err)
	}
	return account
}

func (b bench) signIn(t *testing.T, login string) agents.SignedIn {
	t.Helper()
	in, err := b.SignIn(t.Context(), login, password, home)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

func wantErr(t *testing.T, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("got error %v, want %v", got, want)
	}
}

func TestAnAccountComesBackAsItWasCreated(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, b bench) {
		got, err := b.Create(t.Context(), agents.Draft{
			Name: "  小王 ", Login: " Wang@Shop.cn ", Role: agents.RoleLead,
			Sites: []string{"demo", "shop"}, Password: password,
		})
		if err != nil {
			t.Fatal(err)
		}
		want := agents.Account{
			ID: got.ID, Name: "小王", Login: "wang@shop.cn", Role: agents.RoleLead,
			Sites: []string{"demo", "shop"}, Langs: []string{"zh-CN", "en"}, Capacity: 3,
			HasPassword: true, Created: b.clock.Now(),
		}
		if diff := cmp.Diff(got, want); diff != "" {
			t.Errorf("got -, want +:\n%s", diff)
		}
		list, err := b.Accounts(t.Context())
		if diff := cmp.Diff(list, []agents.Account{want}); diff != "" || err != nil {
			t.Errorf("%v, got -, want +:\n%s", err, diff)
		}
		_, err = b.Account(t.Context(), "nobody")
		wantErr(t, err, agents.ErrNoAccount)
	})
}

func TestADraftIsToldEverythingThatIsWrongWithItAtOnce(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, b bench) {
		_, err := b.Create(t.Context(), agents.Draft{
			Name: "a\nb", Login: "小王", Role: "boss", Sites: []string{"dmeo"},
			Langs: []string{"zh_CN!"}, Capacity: -1, Password: "short",
		})
		wantErr(t, err, agents.ErrInvalid)
		for _, field := range []string{"name", "login", "role", "sites", "langs", "capacity", "password"} {
			if !strings.Contains(fmt.Sprint(err), field+" must") {
				t.Errorf("nothing is said about %s: %v", field, err)
			}
		}
		b.create(t, "wang", agents.RoleAgent)
		_, err = b.Create(t.Context(), agents.Draft{
			Name: "other", Login: "WANG", Role: agents.RoleAgent, Sites: []string{"demo"},
		})
		wantErr(t, err, agents.ErrLoginTaken)
	})
}

func TestADisabledAccountIsOutAtOnce(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, b bench) {
		account := b.create(t, "wang", agents.RoleAgent)
		in := b.signIn(t, "wang")
		_, key, err := b.CreateKey(t.Context(), account.ID, "replay")
		if err != nil {
			t.Fatal(err)
		}
		link, err := b.Link(t.Context(), account.ID)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 { // the second time changes nothing
			if err := b.Disable(t.Context(), account.ID); err != nil {
				t.Fatal(err)
			}
		}
		_, err = b.Authenticate(t.Context(), in.Token)
		wantErr(t, err, agents.ErrUnauthorized)
		_, err = b.Authenticate(t.Context(), key)
		wantErr(t, err, agents.ErrUnauthorized)
		_, err = b.SignInByLink(t.Context(), link, home)
		wantErr(t, err, agents.ErrBadLink)
		_, err = b.SignIn(t.Context(), "wang", password, home)
		wantErr(t, err, agents.ErrDisabled)
		_, err = b.SignIn(t.Context(), "wang", "something else", home)
		wantErr(t, err, agents.ErrBadCredentials)
		_, err = b.Link(t.Context(), account.ID)
		wantErr(t, err, agents.ErrDisabled)
		_, _, err = b.CreateKey(t.Context(), account.ID, "replay")
		wantErr(t, err, agents.ErrDisabled)
		wantErr(t, b.Disable(t.Context(), "nobody"), agents.ErrNoAccount)
	})
}

func TestTheLastAdminCannotBeDisabledEvenByARace(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, b bench) {
		admins := []agents.Account{
			b.create(t, "one", agents.RoleAdmin),
			b.create(t, "two", agents.RoleAdmin),
			b.create(t, "three", agents.RoleAdmin),
		}
		errs := make([]error, len(admins))
		var group sync.WaitGroup
		for i, admin := range admins {
			group.Go(func() { errs[i] = b.Disable(t.Context(), admin.ID) })
		}
		group.Wait()
		refused := slices.IndexFunc(errs, func(err error) bool { return errors.Is(err, agents.ErrLastAdmin) })
		if refused < 0 {
			t.Fatalf("got %v, want one ErrLastAdmin", errs)
		}
		left, err := b.Account(t.Context(), admins[refused].ID)
		if err != nil || left.Disabled {
			t.Errorf("got %v, %v, want one admin left", left, err)
		}
	})
}

func TestTheFirstAccountIsEnteredThroughALinkAndHasNoPassword(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, b bench) {
		lost, created, err := b.EnsureFirst(t.Context())
		if err != nil || !created || lost == "" {
			t.Fatalf("got %q, %v, %v, want a token of a new account", lost, created, err)
		}
		link, created, err := b.EnsureFirst(t.Context())
		if err != nil || created || link == "" || link == lost {
			t.Fatalf("got %q, %v, %v, want a fresh token of the same account", link, created, err)
		}
		_, err = b.SignInByLink(t.Context(), lost, home)
		wantErr(t, err, agents.ErrBadLink)
		in, err := b.SignInByLink(t.Context(), link, home)
		if err != nil {
			t.Fatal(err)
		}
		a := in.Account
		if a.Role != agents.RoleAdmin || a.HasPassword || !a.OnSite("any") || a.SignedIn.IsZero() {
			t.Errorf("got %+v, want an admin of all sites, signed in, without a password", a)
		}
		if again, created, err := b.EnsureFirst(t.Context()); again != "" || created || err != nil {
			t.Errorf("got %q, %v, %v after the first sign-in, want nothing", again, created, err)
		}
	})
}

func TestNodesThatStartTogetherMakeOneFirstAccount(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, b bench) {
		var group sync.WaitGroup
		for range 4 {
			group.Go(func() {
				if _, _, err := b.EnsureFirst(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		if list, err := b.Accounts(t.Context()); err != nil || len(list) != 1 {
			t.Errorf("got %d accounts, %v, want 1", len(list), err)
		}
	})
}

func TestASecretIsDrawnOnceForEachName(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, b bench) {
		secrets := make([][]byte, 8)
		var group sync.WaitGroup
		for i := range secrets {
			group.Go(func() {
				var err error
				if secrets[i], err = b.Secret(t.Context(), "visitor_token"); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		for _, secret := range secrets {
			if len(secret) != 32 || !slices.Equal(secret, secrets[0]) {
				t.Errorf("got %x, want 32 bytes equal to %x", secret, secrets[0])
			}
		}
		if other, err := b.Secret(t.Context(), "other"); err != nil || slices.Equal(other, secrets[0]) {
			t.Errorf("got %x, %v for another name, want another secret", other, err)
		}
	})
}
