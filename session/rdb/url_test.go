package rdb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestURLsAreReadAsTheyAreMeant(t *testing.T) {
	t.Parallel()
	type meaning struct {
		Addrs                        []string
		User, Password, Master       string
		SentinelUser, ServerName     string
		DB                           int
		IsCluster, TLS, SentinelAuth bool
	}
	for url, want := range map[string]meaning{
		"redis://h":              {Addrs: []string{"h:6379"}},
		"redis://:p%40w@h:1/2":   {Addrs: []string{"h:1"}, Password: "p@w", DB: 2},
		"rediss://u:p@[::1]:7":   {Addrs: []string{"[::1]:7"}, User: "u", Password: "p", TLS: true},
		"rediss://u:p@[::1]":     {Addrs: []string{"[::1]:6379"}, User: "u", Password: "p", TLS: true},
		"redis-cluster://a,b:1/": {Addrs: []string{"a:6379", "b:1"}, IsCluster: true},
		"redis-cluster://u:p@[::1]:1,[::2]:2?tls=1&server_name=r": {
			Addrs: []string{"[::1]:1", "[::2]:2"}, User: "u", Password: "p", IsCluster: true, TLS: true, ServerName: "r",
		},
		"redis-sentinel://main@a,b:1/3":     {Addrs: []string{"a:26379", "b:1"}, Master: "main", DB: 3},
		"redis-sentinel://main:p@a":         {Addrs: []string{"a:26379"}, Master: "main", Password: "p"},
		"redis-sentinel://u:p@a?master=m":   {Addrs: []string{"a:26379"}, Master: "m", User: "u", Password: "p"},
		"redis-sentinel://a?master=m&tls=1": {Addrs: []string{"a:26379"}, Master: "m", TLS: true},
		"redis-sentinel://u:p@a?master=m&sentinel_auth=1": {
			Addrs: []string{"a:26379"}, Master: "m", User: "u", Password: "p", SentinelUser: "u", SentinelAuth: true,
		},
	} {
		o, err := parse(url)
		if err != nil {
			t.Errorf("%s: %v", url, err)
			continue
		}
		got := meaning{
			Addrs: o.Addrs, User: o.Username, Password: o.Password, Master: o.MasterName, DB: o.DB,
			IsCluster: o.IsClusterMode, TLS: o.TLSConfig != nil,
			SentinelUser: o.SentinelUsername, SentinelAuth: o.SentinelPassword != "",
		}
		if o.TLSConfig != nil {
			got.ServerName = o.TLSConfig.ServerName
		}
		if diff := cmp.Diff(got, want); diff != "" {
			t.Errorf("%s (-got +want):\n%s", url, diff)
		}
	}
}

func TestAURLThatCannotBeMeantSaysWhatToWriteAndKeepsThePassword(t *testing.T) {
	t.Parallel()
	for url, want := range map[string]string{
		"http://:s3cret@h":                        "not a kind of Redis URL",
		"s3cret":                                  "cannot be read; write redis://",
		"redis://:s3cret@[":                       "host:port",
		"redis://:s3cret@":                        "host:port",
		"redis://:s3cret@h:port":                  "host:port",
		"redis://:s3cret@::1":                     "host:port",
		"redis://:s3cret%zz@h":                    "cannot be read; write redis://",
		"redis://:s3cret@a,b":                     "for several write redis-cluster://",
		"redis://:s3cret@h/x":                     "database",
		"redis://:s3cret@h?pool=1":                `"pool" that is not known`,
		"redis://:s3cret@h?ca=/c.pem":             "add tls=1",
		"rediss://:s3cret@h?ca=/nowhere/ca.pem":   "/nowhere/ca.pem",
		"redis-cluster://:s3cret@h/1":             "no numbered databases",
		"redis-sentinel://h":                      "names its master",
		"redis-sentinel://:s3cret@h":              "names its master",
		"redis-cluster://:s3cret@h?master=x":      `"master" that is not known`,
		"rediss://:s3cret@h?ca=advise_test.go":    "holds no certificate",
		"redis-sentinel://:s3cret@h:1,?master=mm": "host:port",
	} {
		_, err := parse(url)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q in it", url, err, want)
		}
		if err != nil && strings.Contains(err.Error(), "s3cret") {
			t.Errorf("the password is in the error: %v", err)
		}
	}
}

func FuzzParsingAURLNeverPanicsNorTellsThePassword(f *testing.F) {
	f.Add("h:1,h2", "/0?master=x")
	f.Add("[::1]", "?tls=1&ca=x")
	f.Fuzz(func(t *testing.T, hosts, rest string) {
		const password = "pa55word-kept"
		_, err := parse("redis-sentinel://m:" + password + "@" + hosts + rest)
		if err != nil && strings.Contains(err.Error(), password) {
			t.Errorf("the password is in the error: %v", err)
		}
	})
}
