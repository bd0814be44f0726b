package main

import (
	"fmt"
	"maps"
	"net"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"yijian/session/rdb"
)

// envPrefix starts the name of every variable that is ours, and of none that is not: an unknown
// one is a spelling mistake that would otherwise go unnoticed.
const envPrefix = "YJ_"

// Load reads the settings from all their sources; a flag goes before the environment, the
// environment before the file, the file before the default. The error is Problems, all of them:
// also those of a value that another source overrides, because it would come to light one day.
func Load(flags Flags, environ []string, readFile func(string) ([]byte, error)) (Config, error) {
	l := loader{cfg: Config{From: map[string]string{}}, known: map[string]setting{}}
	for _, s := range settings() {
		l.known[s.key] = s
		l.set(s.key, s.def, "default")
	}
	given, env := flags.values(), l.environment(environ)
	path := env["config"]
	if given["config"] != "" {
		path = given["config"]
	}
	if path != "" {
		l.file(path, readFile)
	}
	for _, key := range slices.Sorted(maps.Keys(env)) {
		l.set(key, env[key], envName(key))
	}
	for _, key := range slices.Sorted(maps.Keys(given)) {
		l.set(key, given[key], flagName(key))
	}
	l.finish()
	if len(l.problems) > 0 {
		return Config{}, l.problems
	}
	return l.cfg, nil
}

// loader collects what Load reads.
type loader struct {
	cfg      Config
	known    map[string]setting
	problems Problems
}

// set gives one setting the value of text, or notes why it cannot.
func (l *loader) set(key, text, from string) {
	s, ok := l.known[key]
	if !ok || text == "" && from != "default" {
		return
	}
	if err := s.parse(&l.cfg, text); err != nil {
		l.problem(from, "%s", err)
		return
	}
	l.cfg.From[key] = from
}

func (l *loader) problem(from, format string, args ...any) {
	l.problems = append(l.problems, Problem{From: from, What: fmt.Sprintf(format, args...)})
}

// environment returns our variables by setting. An empty variable counts as not given: compose
// files pass on what is not set as empty.
func (l *loader) environment(environ []string) map[string]string {
	values := map[string]string{}
	for _, entry := range environ {
		name, value, _ := strings.Cut(entry, "=")
		rest, ours := strings.CutPrefix(name, envPrefix)
		if !ours {
			continue
		}
		key := strings.ToLower(rest)
		if _, ok := l.known[key]; !ok && key != "config" {
			l.problem(name, "there is no such setting; %s", l.nearest(key, envName))
			continue
		}
		values[key] = value
	}
	return values
}

func (l *loader) file(path string, readFile func(string) ([]byte, error)) {
	data, err := readFile(path)
	if err != nil {
		l.problem(path, "the file cannot be read (%s); give the path of a YAML file, or none", err)
		return
	}
	r := yamlReader{path: path, loader: l}
	r.read(data)
}

// finish fills in what follows from other settings and checks what two settings say together.
func (l *loader) finish() {
	c := &l.cfg
	if c.Policy.BotSilentOffer > c.Policy.BotSilentTransfer {
		l.problem(c.From["bot_silent_transfer"], "a silent bot would call a person after %s, before offering one after %s; "+
			"make bot_silent_offer the shorter", c.Policy.BotSilentTransfer, c.Policy.BotSilentOffer)
	}
	if c.Model.URL == "" && c.Model.Name+c.Model.Key != "" {
		from := c.From["bot_model"]
		if c.Model.Name == "" {
			from = c.From["bot_key"]
		}
		l.problem(from, "a model has a name or a key and no address; give bot_url, or leave both out")
	}
	if c.Model.URL != "" && c.Model.Name == "" {
		l.problem(c.From["bot_url"], "the model has no name; give bot_model, the name it has at its server")
	}
	if c.Durability == safe && c.Redis == rdb.Memory {
		l.problem(c.From["durability"], "the Redis inside the process has no replica; "+
			"give a Redis that has one with redis, or write durability fast")
	}
	if len(c.Sites) == 0 {
		c.From["sites"] = "default"
		c.Sites = []Site{demoSite(c.Listen, c.Origins)}
		l.idle(c.From["idle_end"], c.Sites[0])
		return
	}
	for _, site := range c.Sites {
		l.idle(c.From["sites"], site)
	}
	if len(c.Origins) > 0 {
		l.problem(c.From["origins"], "origins are for the demo site, and the sites of %s take its place; "+
			"write them under the site they belong to", c.From["sites"])
	}
}

// idle checks what the settings and one site say together about quiet conversations. The floors are
// the router's.
func (l *loader) idle(from string, site Site) {
	if _, err := l.cfg.Idle(site); err != nil {
		l.problem(from, "site %q: %s", site.ID, err)
	}
}

// demoSite is the shop that `make run` shows. Its own page may embed it; the pages of origins may
// as well.
func demoSite(listen string, origins []string) Site {
	site := Site{
		ID: "demo", Name: Name{ZH: "一键商店", EN: "Yijian shop"},
		Phone: "400-000-0000", Hours: "9:00–21:00",
	}
	if _, port, err := net.SplitHostPort(listen); err == nil && port != "0" {
		site.Origins = []string{"http://localhost:" + port, "http://127.0.0.1:" + port}
	}
	site.Origins = append(site.Origins, origins...)
	return site
}

// values returns the flags that were given, by setting.
func (f Flags) values() map[string]string {
	values := map[string]string{}
	v := reflect.ValueOf(f)
	for i := range v.NumField() {
		key := strings.ReplaceAll(v.Type().Field(i).Tag.Get("name"), "-", "_")
		switch value := v.Field(i).Interface().(type) {
		case string:
			values[key] = value
		case *bool:
			if value != nil {
				values[key] = strconv.FormatBool(*value)
			}
		}
	}
	return values
}

func envName(key string) string  { return envPrefix + strings.ToUpper(key) }
func flagName(key string) string { return "--" + strings.ReplaceAll(key, "_", "-") }
func yamlName(key string) string { return key }

// nearest says what somebody who wrote an unknown key may have meant, as name writes it.
func (l *loader) nearest(key string, name func(string) string) string {
	keys := slices.Sorted(maps.Keys(l.known))
	for _, known := range keys {
		if d := distance(key, known); d <= 2 && 2*d < len(known) {
			return "did you mean " + name(known) + "?"
		}
	}
	for i, known := range keys {
		keys[i] = name(known)
	}
	return "the settings are " + strings.Join(keys, ", ")
}

// distance counts the letters to change, add or drop between two words.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
