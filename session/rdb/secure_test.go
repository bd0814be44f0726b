package rdb_test

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/redis/go-redis/v9"

	"yijian/session/rdb"
	"yijian/session/rdb/rdbtest"
)

func TestTheUserOfTheManualMayDoNothingElse(t *testing.T) {
	t.Parallel()
	db := rdbtest.TLS(t)
	for what, err := range map[string]error{
		"another key": db.Client.Set(t.Context(), "k", "v", 0).Err(),
		"keys":        db.Client.Keys(t.Context(), "*").Err(),
		"config":      db.Client.ConfigGet(t.Context(), "*").Err(),
		"flushall":    db.Client.FlushAll(t.Context()).Err(),
	} {
		if !redis.HasErrorPrefix(err, "NOPERM") {
			t.Errorf("%s: got %v, want NOPERM", what, err)
		}
	}
}

func TestTheManualPrintsTheUserThatTheTestsRunAs(t *testing.T) {
	t.Parallel()
	manual, err := os.ReadFile("../../docs/OPERATIONS.md")
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join(strings.Fields(strings.ReplaceAll(string(manual), "\\\n", " ")), " ")
	if !strings.Contains(got, rdbtest.ACL) {
		t.Errorf("docs/OPERATIONS.md does not hold the line\n%s", rdbtest.ACL)
	}
}

func TestAWrongPasswordOrCertificateIsRefusedWithoutTellingThePassword(t *testing.T) {
	t.Parallel()
	url := rdbtest.StartTLS(t)
	for what, wrong := range map[string]string{
		"password":    strings.Replace(url, "secret", "hush-hush", 1),
		"authority":   strings.Split(url, "?")[0],
		"server name": url + "&server_name=other.test",
	} {
		_, err := rdb.Open(t.Context(), wrong)
		if !errors.Is(err, rdb.ErrUnreachable) {
			t.Errorf("%s: got %v, want ErrUnreachable", what, err)
			continue
		}
		if strings.Contains(err.Error(), "hush-hush") || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: the password is in the error: %v", what, err)
		}
	}
	opened(t, url+"&server_name=redis.test")
}

func TestAdviceNamesEverySettingThatLosesConversations(t *testing.T) {
	t.Parallel()
	safe := []string{"--appendonly", "yes", "--maxmemory-policy", "noeviction"}
	for name, c := range map[string]struct {
		url  string
		want []string
	}{
		"in-process": {rdb.Memory, nil},
		"safe":       {rdbtest.Start(t, safe...), nil},
		"evicts":     {rdbtest.Start(t, "--appendonly", "yes", "--maxmemory-policy", "allkeys-lru"), []string{"noeviction"}},
		"forgets":    {rdbtest.Start(t), []string{"appendonly yes"}},
		"no INFO":    {withoutInfo(t, rdbtest.Start(t, safe...)), []string{"allow +info"}},
	} {
		advice, err := opened(t, c.url).Advise(t.Context(), rdb.Wants{})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		same := cmp.Comparer(func(a, b string) bool { return strings.Contains(a, b) || strings.Contains(b, a) })
		if diff := cmp.Diff(advice, c.want, same, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s (-got +want):\n%s", name, diff)
		}
	}
}

// withoutInfo returns the URL of a user who may not run INFO.
func withoutInfo(t *testing.T, url string) string {
	t.Helper()
	err := opened(t, url).Client.Do(t.Context(), "ACL", "SETUSER", "blind", "on", ">b", "+@all", "-info", "~*").Err()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Replace(url, "redis://", "redis://blind:b@", 1)
}

func TestAdviceForAClusterIsGivenOnce(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("a cluster takes seconds to start")
	}
	advice, err := rdbtest.Cluster(t).Advise(t.Context(), rdb.Wants{})
	if err != nil || len(advice) != 1 {
		t.Errorf("got %q, %v; want one sentence about appendonly", advice, err)
	}
}
