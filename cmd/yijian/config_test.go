package main

import (
	"errors"
	"io/fs"
	"net/netip"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"
	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"

	"yijian/web"
)

func TestDefaultsAreATrialOnThisMachine(t *testing.T) {
	t.Parallel()
	got, err := Load(Flags{}, []string{"HOME=/root", "PATH=/bin"}, noFile)
	if err != nil {
		t.Fatal(err)
	}
	for key, from := range got.From {
		if from != "default" {
			t.Errorf("%s is from %q", key, from)
		}
	}
	got.From = nil
	want := Config{
		Listen: "127.0.0.1:8080", Redis: "mem://", DB: "./data/yijian.db",
		LogLevel: zerolog.InfoLevel, LogFormat: "auto", Durability: "fast", SafeOnNoReplica: "refuse", DrainTimeout: 25 * time.Second,
		Caps:        web.Caps{AddressSockets: 200, AddressHellos: 600, AddressSessions: 60, SiteSessions: 60_000},
		Policy:      Policy{FailedTurns: 2, BotSilentOffer: 15 * time.Second, BotSilentTransfer: time.Minute},
		IdleWarning: time.Minute,
		Sites: []Site{{
			ID: "demo", Name: Name{ZH: "一键商店", EN: "Yijian shop"}, Phone: "400-000-0000", Hours: "9:00–21:00",
			Origins: []string{"http://localhost:8080", "http://127.0.0.1:8080"},
		}},
	}
	if diff := cmp.Diff(want, got, byValue); diff != "" {
		t.Errorf("config (-want +got):\n%s", diff)
	}
}

func TestAFlagGoesBeforeTheEnvironmentAndThatBeforeTheFile(t *testing.T) {
	t.Parallel()
	on := true
	files := file("y.yaml", "listen: :1\nredis: redis://one:6379\ndb: one.db\nlog_level: debug\ndrain_timeout: 1m\n")
	env := []string{"YJ_CONFIG=y.yaml", "YJ_LISTEN=:2", "YJ_REDIS=redis://two:6379", "YJ_KB=", "YJ_PPROF=false"}
	got, err := Load(Flags{Listen: ":3", PProf: &on}, env, files)
	if err != nil {
		t.Fatal(err)
	}
	where := map[string]string{}
	for _, key := range []string{"listen", "redis", "db", "log_level", "kb", "pprof"} {
		where[key] = got.From[key]
	}
	want := map[string]string{
		"listen": "--listen", "redis": "YJ_REDIS", "db": "y.yaml:3", "log_level": "y.yaml:4",
		"kb": "default", "pprof": "--pprof",
	}
	if diff := cmp.Diff(want, where); diff != "" {
		t.Errorf("sources (-want +got):\n%s", diff)
	}
	if got.Listen != ":3" || got.Redis != "redis://two:6379" || got.DB != "one.db" || !got.PProf {
		t.Errorf("values came from the wrong place: %+v", got)
	}
}

func TestTheConfigFlagGoesBeforeItsVariable(t *testing.T) {
	t.Parallel()
	got, err := Load(Flags{Config: "flag.yaml"}, []string{"YJ_CONFIG=env.yaml"}, file("flag.yaml", "kb: a.yaml"))
	if err != nil || got.KB != "a.yaml" {
		t.Errorf("kb is %q, %v", got.KB, err)
	}
}

func TestThreeMistakesFromThreeSourcesAreThreeLines(t *testing.T) {
	t.Parallel()
	_, err := Load(Flags{Listen: "8080"}, []string{"YJ_DRAIN_TIMEOUT=soon"}, nil)
	checkLines(t, err,
		`YJ_DRAIN_TIMEOUT: "soon" is not a length of time; write one such as 25s or 2m`,
		`--listen: "8080" is not an address; write host:port, such as 127.0.0.1:8080`)
	_, err = Load(Flags{Config: "y.yaml", Listen: "8080"}, []string{"YJ_DRAIN_TIMEOUT=soon"},
		file("y.yaml", "# ours\nlog_level: loud\n"))
	checkLines(t, err,
		`y.yaml:2: "loud" is none of them; write debug, info, warn, error`,
		`YJ_DRAIN_TIMEOUT: "soon" is not a length of time; write one such as 25s or 2m`,
		`--listen: "8080" is not an address; write host:port, such as 127.0.0.1:8080`)
}

func TestEveryBadValueSaysWhatToWrite(t *testing.T) {
	t.Parallel()
	cases := map[string]string{
		"listen=localhost":             `"localhost" is not an address; write host:port`,
		"listen=:http":                 `":http" has no port; write a number`,
		"listen=:70000":                `":70000" has no port; write a number`,
		"redis=localhost:6379":         `"localhost" is not a kind of Redis; write mem://, redis://host:6379`,
		"redis=redis://":               `the Redis URL names no host; write`,
		"redis=%":                      `this is not a Redis URL; write`,
		"db=mysql://u:hush@h/d":        `"mysql" is not a kind of record; write the path of a SQLite file`,
		"origins=shop.example":         `"shop.example" is not an origin; write https://host`,
		"origins=null":                 `"null" is not an origin; write https://host`,
		"origins=https://*.shop.com":   `is not one host; write each host in full`,
		"origins=https://shop.com/app": `is more than an origin; write only https://shop.com`,
		"origins=https://u@shop.com":   `is more than an origin; write only https://shop.com`,
		"origins=https://店.com":        `is not one host; write each host in full`,
		"bot_url=models.example/v1":    `this is not the address of a model; write the base of its API`,
		"bot_url=http://u:hush@m/v1":   `holds no name, password or query; give the key as YJ_BOT_KEY`,
		"bot_url=http://m/v1":          `the model has no name; give bot_model`,
		"bot_model=gpt":                `a name or a key and no address; give bot_url`,
		"bot_key=hush":                 `a name or a key and no address; give bot_url`,
		"log_format=xml":               `"xml" is none of them; write auto, json, console`,
		"drain_timeout=1h":             `1h is out of range; write 1s to 10m0s`,
		"trusted_proxies=10.0.0.0/33":  `"10.0.0.0/33" is not a network; write one such as`,
		"failed_turns=4":               `"4" is not possible here; write a whole number from 1 to 3`,
		"failed_turns=two":             `"two" is not possible here; write a whole number from 1 to 3`,
		"bot_silent_offer=20s":         `20s is out of range; write 1s to 15s`,
		"bot_silent_transfer=4m":       `4m is out of range; write 1s to 3m0s`,
		"bot_silent_transfer=10s":      `call a person after 10s, before offering one after 15s; make bot_silent_offer the shorter`,
		"durability=sure":              `"sure" is none of them; write fast, safe`,
		"durability=safe":              `the Redis inside the process has no replica; give a Redis that has one with redis, or write durability fast`,
		"safe_on_no_replica=wait":      `"wait" is none of them; write refuse, degrade`,
		"address_sockets=-1":           `"-1" is not possible here; write a whole number from 0 to 1000000`,
		"site_sessions=many":           `"many" is not possible here; write a whole number from 0 to 1000000`,
		"idle_end=19m":                 `19m0s is too short an idle_end, because people who write slowly would be cut off; write at least 20m0s`,
		"idle_end=1s":                  `write at least 20m0s, or 0 for never`,
		"idle_end=-20m":                `-20m is out of range`,
		"idle_end=soon":                `"soon" is not a length of time`,
		"pprof=yes":                    `"yes" is neither; write true or false`,
		"listn=:1":                     `there is no such setting; did you mean YJ_LISTEN?`,
		"colour=red":                   `there is no such setting; the settings are YJ_ADDRESS_HELLOS, `,
	}
	for given, want := range cases {
		t.Run(given, func(t *testing.T) {
			t.Parallel()
			key, value, _ := strings.Cut(given, "=")
			_, err := Load(Flags{}, []string{envName(key) + "=" + value}, noFile)
			problems, ok := errors.AsType[Problems](err)
			if !ok || len(problems) != 1 {
				t.Fatalf("got %v, want one problem", err)
			}
			if got := problems[0]; got.From != envName(key) || !strings.Contains(got.What, want) {
				t.Errorf("got %q from %s, want %q", got.What, got.From, want)
			}
		})
	}
}

func TestNoErrorRepeatsAPassword(t *testing.T) {
	t.Parallel()
	env := []string{"YJ_REDIS=redis://:hush@ host", "YJ_DB=mysql://root:hush@h/d"}
	_, err := Load(Flags{Redis: "rediss//:hush@h"}, env, noFile)
	if err == nil || strings.Contains(err.Error(), "hush") {
		t.Errorf("got %v", err)
	}
}

func TestOriginsAndNetworksAreReadAsBrowsersAndSocketsWriteThem(t *testing.T) {
	t.Parallel()
	got, err := Load(Flags{
		Listen: ":0", Origins: "https://Shop.Example:443, http://m.shop.example:8081",
		TrustedProxies: "10.1.2.3/8,::1",
	}, nil, noFile)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"https://shop.example", "http://m.shop.example:8081"}
	if diff := cmp.Diff(want, got.Sites[0].Origins); diff != "" {
		t.Errorf("origins of the demo site (-want +got):\n%s", diff)
	}
	nets := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	if diff := cmp.Diff(nets, got.TrustedProxies, byValue); diff != "" {
		t.Errorf("proxies (-want +got):\n%s", diff)
	}
}

func TestEveryFlagIsASettingAndNamesItsDefault(t *testing.T) {
	t.Parallel()
	known := map[string]string{"config": ""}
	for _, s := range settings() {
		known[s.key] = s.def
	}
	for field := range reflect.TypeFor[Flags]().Fields() {
		key := strings.ReplaceAll(field.Tag.Get("name"), "-", "_")
		def, ok := known[key]
		if !ok {
			t.Errorf("--%s feeds no setting", field.Tag.Get("name"))
		}
		if help := field.Tag.Get("help"); def != "" && !strings.Contains(help, "("+def+").") {
			t.Errorf("--%s does not name its default %q: %q", field.Tag.Get("name"), def, help)
		}
		delete(known, key)
	}
	for key := range known {
		t.Errorf("%s has no flag", key)
	}
}

func TestKongFillsTheFlags(t *testing.T) {
	t.Parallel()
	var flags Flags
	parser, err := kong.New(&flags, kong.Name("yijian"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse([]string{"--listen", ":1", "--no-pprof", "--drain-timeout=soon"}); err != nil {
		t.Fatal(err)
	}
	off := false
	if diff := cmp.Diff(Flags{Listen: ":1", PProf: &off, DrainTimeout: "soon"}, flags); diff != "" {
		t.Errorf("flags (-want +got):\n%s", diff)
	}
}

func TestRedactedSettingsCanBeReadAgainAndHoldNoPassword(t *testing.T) {
	t.Parallel()
	first, err := Load(Flags{
		BotURL: "https://models.example/v1", BotModel: "small", BotKey: "hush",
		Redis: "redis://:hush@r:6379/0", DB: "postgres://yj:hush@p/yj?password=hush&sslmode=disable",
	}, []string{"YJ_CONFIG=y.yaml", "YJ_TRUSTED_PROXIES=10.0.0.0/8,::1"}, file("y.yaml", twoSites))
	if err != nil {
		t.Fatal(err)
	}
	printed := first.Redacted()
	if strings.Contains(printed, "hush") {
		t.Errorf("a password is printed:\n%s", printed)
	}
	for _, want := range []string{"redis://:xxxxx@r:6379/0", "# --redis", "# YJ_TRUSTED_PROXIES", "# default", "# y.yaml:2"} {
		if !strings.Contains(printed, want) {
			t.Errorf("%q is not in:\n%s", want, printed)
		}
	}
	again, err := Load(Flags{Config: "again.yaml"}, nil, file("again.yaml", printed))
	if err != nil {
		t.Fatalf("%v\n%s", err, printed)
	}
	first.Redis, first.DB = redactURL(first.Redis), redactURL(first.DB)
	first.Model.Key = "xxxxx"
	first.From, again.From = nil, nil
	if diff := cmp.Diff(first, again, byValue); diff != "" {
		t.Errorf("read again (-want +got):\n%s", diff)
	}
}

var byValue = cmp.Comparer(func(a, b netip.Prefix) bool { return a == b })

func checkLines(t *testing.T, err error, want ...string) {
	t.Helper()
	if err == nil {
		t.Fatal("no error")
	}
	if diff := cmp.Diff(want, strings.Split(err.Error(), "\n")); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

func noFile(path string) ([]byte, error) {
	return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrNotExist}
}

func file(path, text string) func(string) ([]byte, error) {
	return func(asked string) ([]byte, error) {
		if asked != path {
			return noFile(asked)
		}
		return []byte(text), nil
	}
}
